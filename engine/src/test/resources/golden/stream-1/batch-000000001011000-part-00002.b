11 before 20
