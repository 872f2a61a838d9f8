8 window Pair[key=0, value=1201]
8 window Pair[key=1, value=635]
8 window Pair[key=2, value=645]
