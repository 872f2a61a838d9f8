9 window Pair[key=3, value=805]
