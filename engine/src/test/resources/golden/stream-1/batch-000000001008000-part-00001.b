8 window Pair[key=3, value=567]
