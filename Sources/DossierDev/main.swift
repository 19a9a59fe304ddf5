import DossierShell
import Glibc

// The maintainers' tool. `swift run dossier-dev` in the root of a checkout.
let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "bless":
  exit(BlessCommand.run(folders: Array(arguments.dropFirst())))
default:
  print(
    """
    usage: dossier-dev bless [FOLDER…]

      bless   write what the scripts in Examples/ print now into the .out files beside them
    """)
  exit(arguments.isEmpty || arguments.first == "--help" ? 0 : 2)
}
