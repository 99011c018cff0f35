print("mikroforetag")
