2 window Pair[key=3, value=11]
2 window Pair[key=4, value=13]
