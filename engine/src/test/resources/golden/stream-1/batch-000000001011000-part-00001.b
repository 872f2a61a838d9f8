11 window Pair[key=3, value=1687]
