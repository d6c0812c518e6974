#include "fleet/generators/git.hpp"
#include "fleet/patterns/path_match.hpp"

namespace celldrift::fleet {
namespace {

bool is_selected(const std::string& path, const Value& items) {
  bool included = false;
  for (const Value& item : items.items()) {
    const Value* exclude = item.find("exclude");
    const bool excludes = exclude != nullptr && exclude->as_bool();
    // what excludes wins wherever it stands; a pattern that is none matches nothing
    if ((excludes || !included) && path_match(item.string_at({"path"}), path)) {
      if (excludes) {
        return false;
      }
      included = true;
    }
  }
  return included;
}

}  // namespace

std::vector<Params> generate_git_directories(const Value& spec, const GeneratorContext& context) {
  const RepositoryFiles::State repository = open_repository(spec, context);
  const Value& items = *spec.find("directories");
  std::vector<Params> all;
  for (const std::string& path : repository.listing->directories) {
    if (is_selected(path, items)) {
      all.push_back(params_of_path({.directory = path, .mark = items.mark()}, spec, context));
    }
  }
  return all;
}

}  // namespace celldrift::fleet
