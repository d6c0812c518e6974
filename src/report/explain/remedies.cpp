// What a finding means for those who have to act on it.
#include "celldrift/audit/versions.hpp"
#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/report/explanation.hpp"

#include <algorithm>

namespace celldrift::report {
namespace {

using audit::Category;
using audit::Finding;
using compare::Change;
using compare::Evidence;

struct Reason {
  Evidence evidence;
  std::string_view sentence;
};

constexpr Reason reasons[] = {
    {Evidence::stated, "Git states the field, and the cell has something else."},
    {Evidence::owned,
     "Git does not state the field, and managedFields says that a person or a deploy tool wrote "
     "it: "
     "no default, controller or webhook did."},
    {Evidence::still_owned,
     "Git no longer states the field; who applies Git once did, and it is still live."},
    {Evidence::no_record,
     "Git does not state the field; nobody owns it, and it is neither a default nor a webhook's."},
    {Evidence::no_ownership,
     "the object has no managedFields: what was last applied, and the defaults, tell that nobody "
     "but "
     "a person or a tool can have put it there."},
};

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return result + "'";
}

// A word that a shell takes as it is.
std::string word(std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./:").find(c) != std::string_view::npos;
  });
  return plain && !text.empty() ? std::string(text) : quoted(text);
}

std::string sync(const Finding& finding, const std::string& more = "") {
  const audit::ObjectRef& object = finding.object;
  const std::string resource = std::string(group_of(object.api_version)) + ":" + object.kind + ":" +
                               (object.ns.empty() ? "" : object.ns + "/") + object.name;
  return "argocd app sync " + word(finding.application) + " --resource " + word(resource) + more;
}

// "deployment.apps/web".
std::string target(const Finding& finding) {
  const std::string group(group_of(finding.object.api_version));
  return word(lower(finding.object.kind) + (group.empty() ? "" : "." + group) + "/" +
              finding.object.name);
}

std::string kubectl(const Finding& finding, const std::string& rest) {
  const std::string ns = finding.object.ns.empty() ? "" : " -n " + word(finding.object.ns);
  return "in " + printable(finding.cells.front()) + ": kubectl" + ns + " " + rest;
}

std::string place(const Finding& finding) {
  const std::string text = describe(finding.source);
  return text.empty() ? "Git" : text;
}

std::vector<std::string> of_added(const Finding& finding) {
  const std::string patch = R"([{"op":"remove","path":")" + finding.path + R"("}])";
  std::vector<std::string> list{
      "to take it out (a sync leaves alone what Git does not state), " +
          kubectl(finding, "patch " + target(finding) + " --type=json -p " + quoted(patch)),
      "to keep it: state it in Git, near " + place(finding)};
  if (finding.evidence == Evidence::still_owned) {
    list.insert(list.begin(),
                "to take it out: " + sync(finding, " --server-side") +
                    ", since a server-side apply removes what is no longer stated");
  }
  return list;
}

bool is_rollout(const Finding& finding) {
  return finding.rule == audit::rule_of(audit::FactKind::rollout);
}

struct ClaimRemedy {
  std::string_view rule;
  std::string_view remedy;
};
constexpr ClaimRemedy claim_remedies[] = {
    {"gitops/missing-application", "apply what makes it, or see why its ApplicationSet does not"},
    {"gitops/missing-set", "apply the ApplicationSet, or take it out of Git"},
    {"gitops/extra-application", "add it to Git, or delete it (--cascade=false keeps its objects)"},
    {"gitops/altered", "apply the Application as Git has it, or change Git"},
    {"gitops/claims-synced", "have Argo CD look again: argocd app get --hard-refresh"},
    {"gitops/claims-healthy", "have Argo CD look again: argocd app get --hard-refresh"},
    {"gitops/claims-out-of-sync", "see with argocd app diff what Argo CD means"},
    {"gitops/behind", "see whether the controller and the repo server run, and reach Git"},
    {"gitops/sync-failed", "see with argocd app get what failed, and sync again"},
    {"gitops/sync-stuck", "end it with argocd app terminate-op, and sync again"},
    {"gitops/refresh-stuck", "see whether the application controller runs"},
    {"gitops/never-looked-at",
     "see whether the application controller, and each shard of it, runs and watches the "
     "namespace"},
    {"gitops/paused", "take the annotation off, or sync by hand"},
    {"gitops/suspended", "resume it with flux resume"},
};

std::vector<std::string> of_claim(const Finding& finding) {
  const auto found = std::ranges::find(claim_remedies, finding.rule, &ClaimRemedy::rule);
  return found == std::end(claim_remedies) ? std::vector<std::string>()
                                           : std::vector{std::string(found->remedy)};
}

}  // namespace

std::string why(const Finding& finding) {
  const auto found = finding.evidence
                         ? std::ranges::find(reasons, *finding.evidence, &Reason::evidence)
                         : std::end(reasons);
  if (found != std::end(reasons)) {
    return std::string(found->sentence);
  }
  switch (finding.category) {
    case Category::missing:
      return "Git wants the object, the kind was read, and it is not there.";
    case Category::extra:
      return finding.rule == "orphaned"
                 ? "the object is in a namespace whose AppProject asks for orphaned resources, and "
                   "no Application wants it."
                 : "the object is tracked as the Application's own, and Git does not have it.";
    case Category::skew:
      return is_rollout(finding) ? "pods do not all run what the workload states, and nothing that "
                                   "would replace them goes on."
                                 : "cells run different versions of the same thing.";
    default:
      return finding.message;
  }
}

std::vector<std::string> remedies(const Finding& finding) {
  if (is_rollout(finding)) {
    return {"to see where it stands, " + kubectl(finding, "rollout status " + target(finding))};
  }
  if (finding.category == Category::rules) {
    return {"change the waiver, or take it out, at " + place(finding)};
  }
  if (finding.category == Category::gitops) {
    return of_claim(finding);
  }
  if (finding.category == Category::isolation) {
    return {"give each of these cells a value of its own: " + join(finding.cells, ", "),
            "where some may share it: sharedWithin, or conditions, of the rule"};
  }
  if (finding.category == Category::skew || finding.category == Category::parity) {
    return {"bring in step: " + join(finding.cells, ", ") +
            "; where Git wants it so, change Git at " + place(finding)};
  }
  if (finding.rule == "orphaned") {
    return {"to remove it, " + kubectl(finding, "delete " + target(finding)),
            "to keep it: add it to Git, or to spec.orphanedResources.ignore of the AppProject"};
  }
  if (finding.category == Category::extra) {
    return {"to remove it: " + sync(finding, " --prune"),
            "to keep it: add it to Git, or take the Application's tracking mark off it"};
  }
  if (finding.rule == "api/not-served") {
    return {"state it at a version that the cell serves, at " + place(finding)};
  }
  if (finding.change == Change::added) {
    return of_added(finding);
  }
  std::vector<std::string> list{"to have what Git wants: " + sync(finding)};
  if (finding.category == Category::drift) {
    list.push_back("to keep what the cell has: change Git at " + place(finding));
  }
  return list;
}

}  // namespace celldrift::report
