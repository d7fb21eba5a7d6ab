"""The shape of the files of a workspace, for editors and validators."""
