/// The schemata of FollowTheMoney 4: what they extend, which of them are edges, which of their
/// properties name other entities. Abstract schemata other than `Thing` are left out. The names are
/// those of followthemoney 4.11.2 (MIT licence).
enum FollowTheMoneySchema {
  struct Row: Sendable {
    var name: String
    /// The schema and what it extends, separated by blanks.
    var labels: String
    /// Source property, relationship type and target property, separated by blanks; else empty.
    var edge: String
    /// The properties whose values are identifiers of entities, separated by blanks.
    var entities: String

    init(_ name: String, _ labels: String, edge: String, entities: String) {
      self.name = name
      self.labels = labels
      self.edge = edge
      self.entities = entities
    }
  }

  static let rows: [Row] = [
    Row("Address", "Address Thing", edge: "", entities: "addressEntity proof riskSource"),
    Row(
      "Airplane", "Airplane Vehicle Asset Thing", edge: "",
      entities: "addressEntity operator owner proof riskSource"),
    Row(
      "Article", "Article Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row("Asset", "Asset Thing", edge: "", entities: "addressEntity proof riskSource"),
    Row(
      "Associate", "Associate", edge: "person associated-with associate",
      entities: "associate person proof"),
    Row(
      "Audio", "Audio Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row(
      "BankAccount", "BankAccount Asset Thing", edge: "",
      entities: "addressEntity bank proof riskSource"),
    Row("Call", "Call", edge: "", entities: "caller proof receiver"),
    Row(
      "CallForTenders", "CallForTenders Thing", edge: "",
      entities: "addressEntity authority onBehalfOf proof riskSource tenderers"),
    Row(
      "Company", "Company Organization LegalEntity Thing Asset", edge: "",
      entities: "addressEntity parent proof riskSource"),
    Row(
      "Contract", "Contract Asset Thing", edge: "",
      entities: "addressEntity authority project proof riskSource"),
    Row(
      "ContractAward", "ContractAward", edge: "contract awarded-to supplier",
      entities: "callForTenders contract proof supplier"),
    Row(
      "Control", "Control", edge: "controller controls controlled",
      entities: "controlled controller proof"),
    Row("CourtCase", "CourtCase Thing", edge: "", entities: "addressEntity proof riskSource"),
    Row(
      "CourtCaseParty", "CourtCaseParty", edge: "party involved-in case",
      entities: "case party proof"),
    Row(
      "CryptoWallet", "CryptoWallet Thing", edge: "",
      entities: "addressEntity holder proof riskSource"),
    Row("Debt", "Debt", edge: "debtor owes creditor", entities: "creditor debtor proof"),
    Row(
      "Directorship", "Directorship", edge: "director directs organization",
      entities: "director organization proof"),
    Row(
      "Document", "Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row(
      "Documentation", "Documentation", edge: "document documents entity",
      entities: "document entity proof"),
    Row(
      "EconomicActivity", "EconomicActivity", edge: "",
      entities: "bankAccount bankForeign bankRub contract contractHolder declarant proof receiver "
        + "sender transport"),
    Row(
      "Email", "Email Folder Document Thing PlainText HyperText", edge: "",
      entities: "addressEntity ancestors emitters inReplyToEmail parent proof recipients "
        + "riskSource"),
    Row(
      "Employment", "Employment", edge: "employee works-for employer",
      entities: "employee employer proof"),
    Row(
      "Event", "Event Thing", edge: "",
      entities: "addressEntity involved organizer proof riskSource"),
    Row("Family", "Family", edge: "person related-to relative", entities: "person proof relative"),
    Row(
      "Folder", "Folder Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row(
      "HyperText", "HyperText Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row("Identification", "Identification", edge: "", entities: "holder proof"),
    Row(
      "Image", "Image Document Thing", edge: "",
      entities: "addressEntity ancestors parent pictured proof riskSource"),
    Row(
      "LegalEntity", "LegalEntity Thing", edge: "",
      entities: "addressEntity parent proof riskSource"),
    Row(
      "License", "License Contract Asset Thing", edge: "",
      entities: "addressEntity authority project proof riskSource"),
    Row(
      "Membership", "Membership", edge: "member belongs-to organization",
      entities: "member organization proof"),
    Row("Mention", "Mention", edge: "", entities: "document resolved"),
    Row(
      "Message", "Message Folder Document Thing PlainText HyperText", edge: "",
      entities: "addressEntity ancestors inReplyToMessage parent proof recipientAccount "
        + "recipients riskSource sender senderAccount"),
    Row("Note", "Note Thing", edge: "", entities: "addressEntity entity proof riskSource"),
    Row("Occupancy", "Occupancy", edge: "holder holds post", entities: "holder post proof"),
    Row(
      "Organization", "Organization LegalEntity Thing", edge: "",
      entities: "addressEntity parent proof riskSource"),
    Row("Ownership", "Ownership", edge: "owner owns asset", entities: "asset owner proof"),
    Row(
      "Package", "Package Folder Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row("Page", "Page", edge: "", entities: "document"),
    Row(
      "Pages", "Pages Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row("Passport", "Passport Identification", edge: "", entities: "holder proof"),
    Row(
      "Payment", "Payment", edge: "payer paid beneficiary",
      entities: "beneficiary beneficiaryAccount contract payer payerAccount project proof"),
    Row(
      "Person", "Person LegalEntity Thing", edge: "",
      entities: "addressEntity parent proof riskSource"),
    Row(
      "PlainText", "PlainText Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row(
      "Position", "Position Thing", edge: "",
      entities: "addressEntity organization proof riskSource"),
    Row("Project", "Project Thing", edge: "", entities: "addressEntity proof riskSource"),
    Row(
      "ProjectParticipant", "ProjectParticipant", edge: "participant participates-in project",
      entities: "participant project proof"),
    Row(
      "PublicBody", "PublicBody Organization LegalEntity Thing", edge: "",
      entities: "addressEntity parent proof riskSource"),
    Row(
      "RealEstate", "RealEstate Asset Thing", edge: "",
      entities: "addressEntity parent proof riskSource"),
    Row(
      "Representation", "Representation", edge: "agent represents client",
      entities: "agent client proof"),
    Row("Risk", "Risk", edge: "", entities: "entity proof"),
    Row("Sanction", "Sanction", edge: "", entities: "entity proof"),
    Row(
      "Security", "Security Asset Thing", edge: "",
      entities: "addressEntity issuer proof riskSource"),
    Row("Similar", "Similar", edge: "", entities: "candidate match"),
    Row(
      "Succession", "Succession", edge: "predecessor precedes successor",
      entities: "predecessor proof successor"),
    Row(
      "Table", "Table Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row("TaxRoll", "TaxRoll", edge: "", entities: "proof taxee"),
    Row(
      "Territory", "Territory Thing", edge: "",
      entities: "addressEntity partOf proof riskSource"),
    Row(
      "Trip", "Trip Event Thing", edge: "",
      entities: "addressEntity endLocation involved organizer proof riskSource startLocation "
        + "vehicle"),
    Row(
      "UnknownLink", "UnknownLink", edge: "subject linked-to object",
      entities: "object proof subject"),
    Row(
      "UserAccount", "UserAccount Thing", edge: "",
      entities: "addressEntity owner proof riskSource"),
    Row(
      "Vehicle", "Vehicle Asset Thing", edge: "",
      entities: "addressEntity operator owner proof riskSource"),
    Row(
      "Vessel", "Vessel Vehicle Asset Thing", edge: "",
      entities: "addressEntity operator owner proof riskSource"),
    Row(
      "Video", "Video Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
    Row(
      "Workbook", "Workbook Folder Document Thing", edge: "",
      entities: "addressEntity ancestors parent proof riskSource"),
  ]
}
