9 window Pair[key=0, value=1749]
9 window Pair[key=1, value=891]
9 window Pair[key=2, value=902]
