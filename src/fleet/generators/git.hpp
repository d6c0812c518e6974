// What the two ways of the git generator share.
#pragma once

#include "fleet/generators/generator.hpp"

#include <string>
#include <vector>

namespace celldrift::fleet {

std::vector<Params> generate_git_directories(const Value& spec, const GeneratorContext& context);
std::vector<Params> generate_git_files(const Value& spec, const GeneratorContext& context);

RepositoryFiles::State open_repository(const Value& spec, const GeneratorContext& context);

// A path that an Application is made for: a directory's own, or a file's. `content` is what the
// file says. Parameters of the path win over it, and the generator's `values` over both.
struct FoundPath {
  std::string directory;  // "." for files at the root
  std::string file;       // its name without directories; "" for a directory
  Value content = nothing();
  Mark mark;

  static const Value& nothing();  // the empty map
};
// The parameters are made anew for each call, of a tree that context.paths remembers.
Params params_of_path(const FoundPath& found, const Value& spec, const GeneratorContext& context);

}  // namespace celldrift::fleet
