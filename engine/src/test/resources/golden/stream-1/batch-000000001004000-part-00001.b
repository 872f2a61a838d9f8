4 window Pair[key=4, value=46]
4 window Pair[key=3, value=62]
