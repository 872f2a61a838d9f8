7 window Pair[key=3, value=432]
