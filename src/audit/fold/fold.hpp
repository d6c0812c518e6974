// Folding: findings with one cause are told once, with the list behind it.
//
// Each finding goes to the first rule that groups it with another: what an API or a missing
// Application takes along, one rewriting that has one reason, what one manager wrote at one time,
// one line of Git, one change that is the same everywhere. What differs in cause is never grouped;
// where that cannot be told, it is left alone. Findings stay findings: only Finding::cause is set.
#pragma once

#include "audit/fold/groups.hpp"
#include "celldrift/audit/audit.hpp"

#include <vector>

namespace celldrift::audit {

// Fills `causes` of the report, `cause` of its findings (sorted, with their fingerprints), and the
// count of causes. The order of `applications` does not matter.
void fold(const std::vector<ComparedApplication>& applications, Report& report);

// The rules. Each gets the report's findings and those of them that are still alone, and returns
// groups of these, some of which may be of one finding only.

// Missing objects: with their API, their namespace, their Application, their kind, or over cells.
std::vector<Group> group_missing(const std::vector<ComparedApplication>& applications,
                                 const std::vector<Finding>& findings,
                                 const Indexes& alone);
// Drift of who applies Git, of which there is a reason: where the same was made of several values.
std::vector<Group> group_rewrites(const std::vector<Finding>& findings, const Indexes& alone);
// Drift and extra objects of which managedFields tells the writer and the time.
std::vector<Group> group_writes(const std::vector<Finding>& findings, const Indexes& alone);
// Other drift and extra objects: by the line of Git, or by what changed.
std::vector<Group> group_changes(const std::vector<Finding>& findings, const Indexes& alone);
// Version skew that the same cells have in the same way.
std::vector<Group> group_skew(const std::vector<Finding>& findings, const Indexes& alone);

// Parity of the same cells that differ in the same way at the same path.
std::vector<Group> group_parity(const std::vector<Finding>& findings, const Indexes& alone);

// What a GitOps tool says, or has, of several of its objects alike.
std::vector<Group> group_claims(const std::vector<Finding>& findings, const Indexes& alone);
std::string claim_sentence(const Finding& first,
                           std::string_view objects,
                           std::string_view cells,
                           std::string_view reason);

// Adds version skew to the group that has the drift it comes from. `groups` has each finding once.
std::vector<Group> with_skew(std::vector<Group> groups, const std::vector<Finding>& findings);

// What a group of two or more comes to.
Cause cause_of(const Group& group, const std::vector<Finding>& findings);

}  // namespace celldrift::audit
