11 window Pair[key=0, value=3107]
11 window Pair[key=1, value=1573]
11 window Pair[key=2, value=1586]
