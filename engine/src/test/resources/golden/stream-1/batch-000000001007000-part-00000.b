7 window Pair[key=0, value=821]
7 window Pair[key=1, value=388]
7 window Pair[key=2, value=396]
