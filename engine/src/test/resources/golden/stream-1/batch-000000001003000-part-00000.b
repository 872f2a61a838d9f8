3 window Pair[key=0, value=30]
3 window Pair[key=1, value=34]
3 window Pair[key=2, value=38]
