// The rules of claims: each gives the findings of one sort. See docs/claims.md.
#pragma once

#include "celldrift/audit/claims.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace celldrift::audit {

// What the rules look up. What it is made of must outlive it.
class ClaimBook {
 public:
  ClaimBook(const Input& input, const ToolClaims& tools);

  const Input& input() const { return input_; }
  const ToolClaims& tools() const { return tools_; }
  const GitApplication* expected(const ToolApplication& application) const;
  // Null where it could not be compared.
  const ComparedApplication* compared(const ToolApplication& application) const;
  const Proved* proved(const ToolApplication& application) const;
  bool is_our_set(const std::string& ns, const std::string& name) const;

  // The clusters that Git's Applications are to be found in: the hub, else all that have any of
  // them. Empty where none is known.
  const std::vector<const ToolState*>& homes() const { return homes_; }
  // True where all of these were read in that namespace.
  bool is_read(const std::string& ns, bool ToolState::* what) const;

 private:
  using ByPlace = std::map<std::pair<std::string, std::string>, std::size_t>;

  void find_homes();

  const Input& input_;
  const ToolClaims& tools_;
  ByPlace expected_;  // by the namespace and name of the object
  ByPlace compared_;  // by cell and Application
  ByPlace proved_;
  std::map<std::pair<std::string, std::string>, Mark> sets_;
  std::vector<const ToolState*> homes_;
};

// Objects that Argo CD knows by their apiVersion.
inline constexpr std::string_view argo_version = "argoproj.io/v1alpha1";

// A finding about an Application, without message.
Finding claim(std::string_view rule,
              Severity severity,
              const ToolState& tool,
              const ToolApplication& application);
// A finding about another object of a tool, without message.
Finding claim(std::string_view rule,
              Severity severity,
              const std::string& cell,
              const Value& object);
// The same with its fingerprint: last, when all is filled in.
Finding with_fingerprint(Finding finding);

// "Application argocd/cell-a-backend".
std::string name_of(const ToolApplication& application);
// "2026-03-01T09:30:00Z (3 hours ago)"; "" for what is no time.
std::string since_text(std::string_view time, Time now);
// Seconds from the time that a text says to `now`; nothing for what is no time.
std::optional<std::chrono::seconds> age_of(std::string_view time, Time now);
// What somebody else wrote, as a part of a sentence.
std::string quoted(std::string_view text);
// "; kubectl-edit did it at …"; "" where there is no record.
std::string by_text(const std::optional<compare::Owner>& owner);
// strconv.ParseBool, false where it is an error.
bool is_go_true(std::string_view text);
// Whether Argo CD is told not to look at an Application.
inline constexpr std::string_view skip_annotation = "argocd.argoproj.io/skip-reconcile";
bool is_skipped(const Value& application);
// Whether it has never looked at one; and for longer than that may take.
bool is_never_looked_at(const Value& application);
bool is_overdue(const Value& application, Time now);
// Whether an object in its cell is off in a way that Argo CD itself would see.
bool argo_sees(const compare::ObjectResult& result);

std::vector<Finding> missing_applications(const ClaimBook& book);
std::vector<Finding> extra_applications(const ClaimBook& book);
std::vector<Finding> altered_applications(const ClaimBook& book);
std::vector<Finding> false_claims(const ClaimBook& book);
std::vector<Finding> outdated_revisions(const ClaimBook& book);
std::vector<Finding> stuck_operations(const ClaimBook& book);
std::vector<Finding> error_conditions(const ClaimBook& book);
std::vector<Finding> unseen_applications(const ClaimBook& book);
std::vector<Finding> paused_syncs(const ClaimBook& book);
std::vector<Finding> sync_windows(const ClaimBook& book);
std::vector<Finding> application_sets(const ClaimBook& book);
std::vector<Finding> flux_claims(const ClaimBook& book);

}  // namespace celldrift::audit
