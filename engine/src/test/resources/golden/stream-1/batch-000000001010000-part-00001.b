10 window Pair[key=3, value=1206]
