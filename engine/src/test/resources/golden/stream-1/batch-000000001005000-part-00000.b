5 window Pair[key=0, value=261]
5 window Pair[key=1, value=141]
5 window Pair[key=2, value=147]
