#include "celldrift/core/error.hpp"
#include "fleet/generators/git.hpp"
#include "fleet/patterns/doublestar.hpp"
#include "fleet/patterns/pathspec.hpp"

#include <algorithm>
#include <set>

namespace celldrift::fleet {
namespace {

using Paths = std::set<std::string>;

// Argo CD reads all that a pattern matches, also what it then excludes: a link to a directory, or
// to nowhere, is an error.
void require_readable(const std::vector<std::string>& paths, const git::Tree& tree) {
  for (const std::string& path : paths) {
    tree.read(path);
  }
}

std::vector<std::string> matches(const Value& item,
                                 const RepositoryFiles::State& repository,
                                 FileGlobbing globbing) {
  const std::string_view pattern = item.string_at({"path"});
  try {
    if (globbing == FileGlobbing::doublestar) {
      std::vector<std::string> paths =
          doublestar_glob(*repository.tree, pattern.empty() ? "." : pattern);
      require_readable(paths, *repository.tree);
      return paths;
    }
    std::vector<std::string> paths =
        Pathspec(pattern.empty() ? "." : pattern).select(repository.listing->files);
    std::vector<std::string> links;
    std::ranges::set_intersection(paths, repository.listing->links, std::back_inserter(links));
    require_readable(links, *repository.tree);
    return paths;
  } catch (Error& error) {
    throw error.at(item.mark());
  }
}

// What any item includes without what any other excludes.
Paths selected_files(const Value& items,
                     const RepositoryFiles::State& repository,
                     FileGlobbing globbing) {
  Paths included;
  Paths excluded;
  for (const Value& item : items.items()) {
    const Value* exclude = item.find("exclude");
    Paths& paths = exclude != nullptr && exclude->as_bool() ? excluded : included;
    for (std::string& path : matches(item, repository, globbing)) {
      paths.insert(std::move(path));
    }
  }
  std::erase_if(included, [&](const std::string& path) { return excluded.contains(path); });
  return included;
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

}  // namespace

std::vector<Params> generate_git_files(const Value& spec, const GeneratorContext& context) {
  const RepositoryFiles::State repository = open_repository(spec, context);
  std::vector<Params> all;
  for (const std::string& path :
       selected_files(*spec.find("files"), repository, context.inputs.file_globbing)) {
    try {
      for (const Value& content : context.files.objects(*repository.tree, path)) {
        const FoundPath found{.directory = directory_of(path),
                              .file = path.substr(path.rfind('/') + 1),
                              .content = content,
                              .mark = content.mark()};
        all.push_back(params_of_path(found, spec, context));
      }
    } catch (Error& error) {
      throw error.add_context("unable to process file '" + path + "' from repository '" +
                              std::string(spec.string_at({"repoURL"})) + "'");
    }
  }
  return all;
}

}  // namespace celldrift::fleet
