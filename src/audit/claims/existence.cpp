// Applications that Git makes and nobody has, and those that are there though nothing makes them.
#include "audit/claims/claims.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using Address = std::pair<std::string, std::string>;  // namespace and name

std::set<Address> live_applications(const ClaimBook& book) {
  std::set<Address> places;
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      places.emplace(application.object.ns, application.object.name);
    }
  }
  return places;
}

// Objects of Applications that are told to be missing, or extra, already.
std::set<Address> told_applications(const ClaimBook& book) {
  std::set<Address> places;
  for (const ComparedApplication& application : book.input().applications) {
    for (const compare::ObjectResult& result : application.objects) {
      if (result.key.kind == "Application" && result.key.group == "argoproj.io") {
        places.emplace(result.key.ns, result.key.name);
      }
    }
  }
  return places;
}

const Value* live_set(const ClaimBook& book, const std::string& ns, std::string_view name) {
  for (const ToolState& tool : book.tools().states) {
    for (const Value& set : tool.sets) {
      if (set.string_at({"metadata", "name"}) == name &&
          set.string_at({"metadata", "namespace"}) == ns) {
        return &set;
      }
    }
  }
  return nullptr;
}

Finding missing(const ClaimBook& book, const GitApplication& expected) {
  Finding finding;
  finding.rule = "gitops/missing-application";
  finding.severity = Severity::error;
  finding.category = Category::gitops;
  finding.cells = {expected.cell};
  finding.component = expected.component;
  finding.application = expected.application;
  finding.object = {.api_version = std::string(argo_version),
                    .kind = "Application",
                    .ns = expected.ns,
                    .name = expected.application};
  finding.source = expected.mark;
  const std::string& set = expected.application_set;
  if (!set.empty() && book.is_read(expected.ns, &ToolState::has_sets) &&
      live_set(book, expected.ns, set) == nullptr) {
    finding.reason = "the ApplicationSet is not there either";
  }
  finding.message =
      describe(finding.object) + " is not there, which " +
      (set.empty() ? "Git has: nobody applied it" : "the ApplicationSet " + set + " should make") +
      (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

// The ApplicationSet that made it; "" for none.
std::string_view maker_set(const Value& live) {
  if (const Value* owners = live.find({"metadata", "ownerReferences"})) {
    for (const Value& owner : owners->items()) {
      if (owner.string_at({"kind"}) == "ApplicationSet") {
        return owner.string_at({"name"});
      }
    }
  }
  return "";
}

// What an ApplicationSet of Git once made, and does not any more.
Finding abandoned(const ClaimBook& book,
                  const ToolState& tool,
                  const ToolApplication& application,
                  std::string_view set) {
  Finding finding = claim("extra-application", Severity::warning, tool, application);
  const Value* live = live_set(book, application.object.ns, set);
  const std::string_view policy =
      live == nullptr ? "" : live->string_at({"spec", "syncPolicy", "applicationsSync"});
  if (policy == "create-only" || policy == "create-update") {
    finding.reason = "its policy is " + std::string(policy) + ": it deletes none";
  }
  finding.message = name_of(application) + " is there, which the ApplicationSet " +
                    std::string(set) + " does not make (any more)" +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

// What else takes from Git's repositories and deploys to a cell.
Finding stranger(const ToolState& tool, const ToolApplication& application, std::string_view set) {
  const bool is_somebodys = !set.empty() || !application.part_of.empty();
  Finding finding = claim(
      "extra-application", is_somebodys ? Severity::note : Severity::warning, tool, application);
  finding.changed_by = application.maker;
  finding.owner_unknown = !application.maker;
  finding.reason =
      !set.empty() ? "the ApplicationSet " + std::string(set) + ", which is not in Git, makes it"
      : is_somebodys
          ? "it is part of the Application " + application.part_of + ", which is not known here"
          : "";
  finding.message = name_of(application) + " deploys to " + application.cell +
                    ", though nothing in Git makes it" + by_text(application.maker) +
                    (finding.reason.empty() ? "" : "; " + finding.reason);
  return with_fingerprint(std::move(finding));
}

}  // namespace

std::vector<Finding> missing_applications(const ClaimBook& book) {
  std::vector<Finding> findings;
  const std::set<Address> live = live_applications(book);
  const std::set<Address> told = told_applications(book);
  for (const GitApplication& expected : book.tools().applications) {
    const Address place{expected.ns, expected.application};
    if (!live.contains(place) && !told.contains(place) &&
        book.is_read(expected.ns, &ToolState::has_applications)) {
      findings.push_back(missing(book, expected));
    }
  }
  return findings;
}

std::vector<Finding> extra_applications(const ClaimBook& book) {
  std::vector<Finding> findings;
  if (!book.input().unknown_applications.empty()) {
    return findings;
  }
  for (const ToolState& tool : book.tools().states) {
    for (const ToolApplication& application : tool.applications) {
      // Where it deploys to a cell that is not looked at, Git may well make it.
      if (!application.application.empty() || application.is_compared || application.cell.empty()) {
        continue;
      }
      const std::string_view set = maker_set(application.live);
      if (book.is_our_set(application.object.ns, std::string(set))) {
        findings.push_back(abandoned(book, tool, application, set));
      } else if (application.uses_our_repos) {
        findings.push_back(stranger(tool, application, set));
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit
