4 window Pair[key=0, value=99]
4 window Pair[key=1, value=80]
4 window Pair[key=2, value=85]
