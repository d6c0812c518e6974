#include "render/directory.hpp"

#include "celldrift/core/glob.hpp"
#include "celldrift/core/parallel.hpp"
#include "render/files.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace celldrift::render {
namespace {

constexpr std::size_t max_combined_bytes = 10'000'000;  // Argo CD's default "10M"
constexpr int max_depth = 200;
constexpr std::string_view skip_marker = "+argocd:skip-file-rendering";

bool has_manifest_name(std::string_view name) {
  static constexpr std::array<std::string_view, 4> suffixes = {
      ".yaml", ".yml", ".json", ".jsonnet"};
  return std::ranges::any_of(suffixes,
                             [&](std::string_view suffix) { return name.ends_with(suffix); });
}

struct ManifestFile {
  std::string name;
  git::Blob blob;
  SourceId source;
};

// Finds the files that Argo CD would read, in its order.
class DirectoryWalk {
 public:
  DirectoryWalk(const git::Tree& tree, std::string root, const DirectoryOptions& options)
      : tree_(tree),
        root_(std::move(root)),
        options_(options),
        include_(options.include),
        exclude_(options.exclude) {}

  std::vector<ManifestFile> run() {
    walk("", 0);
    return std::move(files_);
  }

 private:
  std::string full(const std::string& relative) const {
    const std::string place = root_ == "." ? "" : root_;
    return place.empty() ? relative : relative.empty() ? place : place + "/" + relative;
  }

  void walk(const std::string& relative, int depth) {
    if (depth > max_depth) {
      throw Error(ErrorCode::limit, full(relative) + ": directories are nested too deeply");
    }
    for (const git::Entry& entry : tree_.list(full(relative))) {
      const std::string inner = relative.empty() ? entry.name : relative + "/" + entry.name;
      if (entry.kind == git::EntryKind::directory || entry.kind == git::EntryKind::submodule) {
        enter(entry, inner, depth);
      } else if (has_manifest_name(entry.name) && leads_to_file(entry, inner) && is_chosen(inner)) {
        read(entry.name, inner);
      }
    }
  }

  void enter(const git::Entry& entry, const std::string& relative, int depth) {
    if (!options_.recurse) {
      return;
    }
    if (entry.kind == git::EntryKind::submodule) {
      throw Error(ErrorCode::unsupported,
                  full(relative) + " is a submodule, which is not supported yet");
    }
    walk(relative, depth + 1);
  }

  // Links to files are read, links to directories are not entered, links to nothing are passed
  // over.
  bool leads_to_file(const git::Entry& entry, const std::string& relative) {
    if (entry.kind == git::EntryKind::file) {
      return true;
    }
    try {
      const std::optional<git::Entry> target = tree_.find(full(relative));
      return target && target->kind == git::EntryKind::file;
    } catch (const Error& error) {
      if (error.code() == ErrorCode::not_found) {
        return false;
      }
      throw;
    }
  }

  bool is_chosen(const std::string& relative) const {
    return !(!options_.exclude.empty() && exclude_.matches(relative)) &&
           (options_.include.empty() || include_.matches(relative));
  }

  void read(const std::string& name, const std::string& relative) {
    const std::string path = full(relative);
    git::Blob blob = tree_.read(path);
    if (blob.text->find(skip_marker) != std::string::npos) {
      return;
    }
    if (name.ends_with(".jsonnet")) {
      throw Error(ErrorCode::unsupported, "jsonnet is not supported yet: " + path);
    }
    bytes_ += blob.text->size();
    if (bytes_ > max_combined_bytes) {
      throw Error(ErrorCode::limit,
                  "the manifests in " + full("") + " are larger than 10M together");
    }
    const SourceId source = intern_source({path, blob.oid, tree_.commit()});
    files_.push_back({name, std::move(blob), source});
  }

  const git::Tree& tree_;
  std::string root_;
  const DirectoryOptions& options_;
  Glob include_;
  Glob exclude_;
  std::size_t bytes_ = 0;
  std::vector<ManifestFile> files_;
};

Manifests parsed(const ManifestFile& file) {
  Manifests result;
  result.objects =
      flattened(read_manifests(file.name, *file.blob.text, file.source, result.warnings));
  return result;
}

// Applications are rendered side by side already; a single large one would leave cores idle.
std::size_t threads_for(const std::vector<ManifestFile>& files) {
  constexpr std::size_t worth_threads = 64 * 1024;  // bytes; some milliseconds
  std::size_t bytes = 0;
  for (const ManifestFile& file : files) {
    bytes += file.blob.text->size();
  }
  return bytes < worth_threads ? 1 : 0;
}

}  // namespace

DirectoryOptions directory_options(const Value& source_spec) {
  const Value* recurse = source_spec.find({"directory", "recurse"});
  return {.recurse = recurse != nullptr && recurse->is_bool() && recurse->as_bool(),
          .include = std::string(source_spec.string_at({"directory", "include"})),
          .exclude = std::string(source_spec.string_at({"directory", "exclude"}))};
}

Manifests render_directory(const git::Tree& tree,
                           const std::string& path,
                           const DirectoryOptions& options) {
  const std::vector<ManifestFile> files = DirectoryWalk(tree, path, options).run();
  std::vector<Manifests> parts(files.size());
  for_each_index(
      files.size(), threads_for(files), [&](std::size_t i) { parts[i] = parsed(files[i]); });
  Manifests result;
  for (Manifests& part : parts) {
    std::ranges::move(part.objects, std::back_inserter(result.objects));
    std::ranges::move(part.warnings, std::back_inserter(result.warnings));
  }
  return result;
}

}  // namespace celldrift::render
