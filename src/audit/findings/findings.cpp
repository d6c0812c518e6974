#include "audit/findings/findings.hpp"

#include "audit/findings/fingerprint.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/names.hpp"

namespace celldrift::audit {
namespace {

using compare::Change;
using compare::Difference;
using compare::Evidence;
using compare::ObjectResult;
using compare::Status;

// What all findings about an object have in common.
Finding about(const ComparedApplication& application, const ObjectResult& result) {
  Finding finding;
  finding.cells = {application.cell};
  finding.component = application.component;
  finding.application = application.application;
  finding.object = ref_of(result);
  finding.source = result.desired.mark();
  return finding;
}

std::string fingerprint_of(const Finding& finding) {
  return fingerprint(parts_of(finding));
}

std::string added_sentence(const std::string& place, const std::string& have, Evidence evidence) {
  switch (evidence) {
    case Evidence::still_owned:
      return place + " was removed from Git and is still live: " + have;
    case Evidence::no_record:
      return place + " was added: " + have +
             "; Git does not state it, and there is no record of who";
    case Evidence::no_ownership:
      return place + " was added: " + have +
             "; Git does not state it (the object has no managedFields: last-applied and the "
             "schema's defaults tell)";
    case Evidence::stated:
    case Evidence::owned:
      break;
  }
  return place + " was added: " + have + "; Git does not state it";
}

std::string change_sentence(const Finding& finding) {
  const std::string place = finding.path_text.empty() ? "the object" : finding.path_text;
  const std::string want = finding.want ? brief(*finding.want) : "something else";
  const std::string have = finding.have ? brief(*finding.have) : "different";
  switch (*finding.change) {
    case Change::added:
      return added_sentence(place, have, finding.evidence.value_or(Evidence::owned));
    case Change::removed:
      return place + " is gone; Git wants " + want;
    case Change::modified:
      break;
  }
  return place + " is " + have + "; Git wants " + want;
}

std::string sentence(const Finding& finding) {
  return change_sentence(finding) + (finding.reason.empty() ? "" : "; " + finding.reason);
}

Finding drift(const ComparedApplication& application,
              const ObjectResult& result,
              const Difference& difference) {
  Finding finding = about(application, result);
  finding.rule = "drift/" + std::string(compare::describe(difference.change));
  finding.severity = difference.change == Change::added ? Severity::warning : Severity::error;
  finding.category = Category::drift;
  add_difference(finding, difference);
  finding.evidence = difference.evidence;
  finding.reason = difference.reason;
  finding.message = sentence(finding);
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

Finding not_served(const ComparedApplication& application, const ObjectResult& result) {
  Finding finding = about(application, result);
  finding.rule = "api/not-served";
  finding.severity = Severity::error;
  finding.category = Category::missing;
  finding.reason = result.reason;
  finding.message = application.cell + " does not serve " + result.api_version + " " +
                    result.key.kind + ", which Git states for " + describe(finding.object) +
                    (result.reason.empty() ? "" : "; " + result.reason);
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

Finding missing(const ComparedApplication& application, const ObjectResult& result) {
  Finding finding = about(application, result);
  finding.rule = "missing";
  finding.severity = Severity::error;
  finding.category = Category::missing;
  finding.owner_unknown = true;  // nothing is left that could tell
  finding.reason = result.reason;
  finding.message = describe(finding.object) + " is missing in " + application.cell +
                    "; Git wants it" + (result.reason.empty() ? "" : "; " + result.reason);
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

Finding extra(const ComparedApplication& application, const ObjectResult& result) {
  Finding finding = about(application, result);
  finding.rule = "extra";
  finding.severity = Severity::warning;
  finding.category = Category::extra;
  finding.changed_by = result.owner;
  finding.owner_unknown = !result.owner;
  finding.message = describe(finding.object) + " in " + application.cell +
                    " is tracked as a part of " + application.application + ", but is not in Git";
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

// Controllers make objects of their own by right, and what says that it is another Application's
// may well be.
std::string orphan_excuse(const ObjectResult& result) {
  if (!result.orphan->tracked_as.empty()) {
    return "it says that it is part of the Application " + result.orphan->tracked_as +
           ", which is not among those known here";
  }
  return result.owner && result.owner->kind == compare::ManagerClass::controller
             ? "a controller made it"
             : "";
}

// Whichever Application asks for it: that is not the object's own.
Finding orphaned(const ComparedApplication& application, const ObjectResult& result) {
  Finding finding = about(application, result);
  finding.rule = "orphaned";
  finding.category = Category::extra;
  finding.changed_by = result.owner;
  finding.owner_unknown = !result.owner;
  finding.reason = orphan_excuse(result);
  finding.severity =
      result.orphan->warns && finding.reason.empty() ? Severity::warning : Severity::note;
  finding.message = describe(finding.object) + " in " + application.cell +
                    " is wanted by no Application, and the AppProject " + result.orphan->project +
                    " asks for orphaned resources" +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  Finding anonymous = finding;
  anonymous.application.clear();
  anonymous.component.clear();
  finding.fingerprint = fingerprint_of(anonymous);
  return finding;
}

std::string dry_run_sentence(const Finding& finding, const compare::Disagreement& disagreement) {
  using Kind = compare::Disagreement::Kind;
  const std::string want = finding.want ? brief(*finding.want) : "nothing";
  const std::string have = finding.have ? brief(*finding.have) : "nothing";
  switch (disagreement.kind) {
    case Kind::would_change:
      return "comparing finds no difference at " + finding.path_text +
             ", but a server-side dry run would change it from " + have + " to " + want;
    case Kind::would_stay:
      return "comparing finds that " + finding.path_text + " is " + have + " where Git wants " +
             want + ", but a server-side dry run would leave it as it is";
    case Kind::refused:
      break;
  }
  return "the server would not have " + describe(finding.object) +
         " as Git states it: " + disagreement.said;
}

Finding dry_run(const ComparedApplication& application,
                const ObjectResult& result,
                const compare::Disagreement& disagreement) {
  const bool is_refused = disagreement.kind == compare::Disagreement::Kind::refused;
  Finding finding = about(application, result);
  finding.rule = is_refused ? "dry-run/refused" : "dry-run/disagrees";
  finding.severity = Severity::warning;
  finding.category = Category::drift;
  finding.path = disagreement.path.pointer();
  finding.path_text = disagreement.path.text();
  finding.want = disagreement.want;
  finding.have = disagreement.have;
  finding.source = disagreement.mark.known() ? disagreement.mark : finding.source;
  finding.message = dry_run_sentence(finding, disagreement);
  finding.fingerprint = fingerprint_of(finding);
  return finding;
}

}  // namespace

void add_difference(Finding& finding, const Difference& difference) {
  finding.path = difference.path.pointer();
  finding.path_text = difference.path.text();
  finding.change = difference.change;
  finding.want = difference.want;
  finding.have = difference.have;
  finding.source = difference.mark.known() ? difference.mark : finding.source;
  finding.changed_by = difference.owner;
  finding.owner_unknown = !difference.owner;
}

std::vector<Finding> object_findings(const ComparedApplication& application) {
  std::vector<Finding> findings;
  for (const ObjectResult& result : application.objects) {
    if (result.status == Status::missing && result.api_not_served) {
      findings.push_back(not_served(application, result));
    } else if (result.status == Status::missing) {
      findings.push_back(missing(application, result));
    } else if (result.status == Status::extra && result.orphan) {
      findings.push_back(orphaned(application, result));
    } else if (result.status == Status::extra) {
      findings.push_back(extra(application, result));
    } else if (result.status == Status::drifted && result.differences.empty()) {
      findings.push_back(drift(application, result, Difference{}));  // never drop what compare says
    } else if (result.status == Status::drifted) {
      for (const Difference& difference : result.differences) {
        findings.push_back(drift(application, result, difference));
      }
    }
    for (const compare::Disagreement& disagreement : result.disagreements) {
      findings.push_back(dry_run(application, result, disagreement));
    }
  }
  return findings;
}

}  // namespace celldrift::audit
