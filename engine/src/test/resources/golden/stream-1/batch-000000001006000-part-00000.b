6 window Pair[key=0, value=464]
6 window Pair[key=1, value=252]
6 window Pair[key=2, value=259]
