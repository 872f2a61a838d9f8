3 window Pair[key=3, value=24]
3 window Pair[key=4, value=27]
