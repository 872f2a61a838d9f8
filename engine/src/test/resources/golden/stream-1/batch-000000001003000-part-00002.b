3 before 4
