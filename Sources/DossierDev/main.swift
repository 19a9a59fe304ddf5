print("dossier-dev")
