// Which refs an Application's targetRevision may mean, as Argo CD 3.5 looks for it among those that
// a server lists.
#pragma once

#include "celldrift/git/repository.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::git {

// The names in `refs` (full ones, "HEAD" among them) that `target` means. Several, when Argo CD
// would take whichever it comes upon first: it keeps refs in a map, whose order is not defined.
std::vector<std::string> matching_refs(const std::vector<std::string>& refs, const Target& target);

// What is looked for where no constraint leads to a tag: a version's tag, else what was written.
std::string literal_name(const Target& target);

// "origin/main" of "refs/remotes/origin/main".
std::string_view short_name(std::string_view ref);

bool is_branch_or_tag(std::string_view ref);

// The one commit that all of `matches` lead to. Error(repository) when they differ.
std::string commit_of_all(const std::vector<std::string>& matches,
                          const std::function<std::string(const std::string&)>& commit_of,
                          const Target& target);

// True for what Argo CD takes for an abbreviated commit id where no ref has that name.
bool may_be_abbreviated(std::string_view revision);

}  // namespace celldrift::git
