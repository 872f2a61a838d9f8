10 window Pair[key=0, value=2388]
10 window Pair[key=1, value=1182]
10 window Pair[key=2, value=1194]
