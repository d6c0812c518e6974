#include "celldrift/kube/kubeconfig.hpp"

#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"
#include "kube/fields.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace celldrift::kube {
namespace {

constexpr std::size_t max_file_bytes = 16u << 20;

struct File {
  std::string path;
  bool required = true;
};

// client-go skips files of $KUBECONFIG that do not exist, and the default one; a file named on the
// command line must be there.
std::vector<File> files_to_read(const std::vector<std::string>& paths) {
  std::vector<File> files;
  for (const std::string& path : paths) {
    if (!path.empty()) {
      files.push_back({path, true});
    }
  }
  const char* listed = std::getenv("KUBECONFIG");
  const char* home = std::getenv("HOME");
  if (!files.empty()) {
    return files;
  }
  if (listed && *listed) {
    for (const std::string_view path : split(listed, ':')) {
      if (!path.empty()) {
        files.push_back({std::string(path), false});
      }
    }
  } else if (home && *home) {
    files.push_back({std::string(home) + "/.kube/config", false});
  }
  return files;
}

Value read(const std::string& path) {
  std::string text;
  try {
    text = yaml::to_utf8(read_file(path, max_file_bytes));
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "cannot read kubeconfig " + path + ": " + error.message());
  }
  yaml::Options options;
  options.source = intern_source({.path = path, .blob = "", .commit = ""});
  try {
    return yaml::parse(text, options).value;
  } catch (const Error& error) {
    throw Error(ErrorCode::config, "broken kubeconfig: " + error.message(), error.mark());
  }
}

void check_kind(const Value& file, const std::string& path) {
  if (!file.is_map()) {
    throw Error(
        ErrorCode::config,
        "kubeconfig " + path + " must be a map, not a " + std::string(describe(file.kind())),
        file.mark());
  }
  const std::string kind = text_of(file, "kind");
  if (!kind.empty() && kind != "Config") {
    throw Error(ErrorCode::config,
                "kubeconfig " + path + " has kind \"" + kind + "\"; it must be \"Config\"",
                file.find("kind")->mark());
  }
}

// kubectl refuses a file that names an entry twice, so that nobody has to guess which one counts.
std::string unique_name(const Value& item, std::string_view list, std::set<std::string>& seen) {
  const std::string name = text_of(item, "name");
  if (!seen.insert(name).second) {
    throw Error(
        ErrorCode::config,
        "\"" + name + "\" is twice in the kubeconfig's " + std::string(list) + "; remove one",
        item.mark());
  }
  return name;
}

Value body_of(const Value& item, std::string_view field) {
  const Value* body = present(item, field);
  if (body && !body->is_map()) {
    throw Error(ErrorCode::config,
                "kubeconfig field \"" + std::string(field) + "\" must be a map",
                body->mark());
  }
  return body ? *body : Value::map({}).with_mark(item.mark());
}

}  // namespace

Kubeconfig Kubeconfig::load(const std::vector<std::string>& paths) {
  Kubeconfig merged;
  for (const File& file : files_to_read(paths)) {
    std::error_code ignored;
    if (file.required || std::filesystem::exists(file.path, ignored)) {
      merged.merge(file.path);
    }
  }
  for (Context& context : merged.contexts_) {
    const auto cluster = merged.clusters_.find(context.cluster);
    if (cluster != merged.clusters_.end()) {
      context.server = cluster->second.value.string_at({"server"});  // checked when it is used
    }
  }
  return merged;
}

void Kubeconfig::merge(const std::string& path) {
  const Value file = read(path);
  if (file.is_null()) {
    return;  // an empty file is an empty kubeconfig
  }
  check_kind(file, path);
  const std::string directory = std::filesystem::absolute(path).parent_path().string();
  merge_entries(file, "clusters", "cluster", directory, clusters_);
  merge_entries(file, "users", "user", directory, users_);
  merge_contexts(file);
  if (current_.empty()) {
    current_ = text_of(file, "current-context");
  }
}

void Kubeconfig::merge_entries(const Value& file,
                               std::string_view list,
                               std::string_view field,
                               const std::string& directory,
                               std::map<std::string, Entry>& entries) {
  std::set<std::string> seen;
  for (const Value& item : maps_of(file, list)) {
    const std::string name = unique_name(item, list, seen);
    entries.try_emplace(name, Entry{body_of(item, field), directory});
  }
}

void Kubeconfig::merge_contexts(const Value& file) {
  std::set<std::string> known;
  for (const Context& context : contexts_) {
    known.insert(context.name);
  }
  std::set<std::string> seen;
  for (const Value& item : maps_of(file, "contexts")) {
    const std::string name = unique_name(item, "contexts", seen);
    const Value body = body_of(item, "context");
    if (!known.contains(name)) {
      contexts_.push_back({.name = name,
                           .cluster = text_of(body, "cluster"),
                           .server = "",
                           .user = text_of(body, "user"),
                           .ns = text_of(body, "namespace")});
    }
  }
}

std::vector<Context> Kubeconfig::matching(std::string_view glob) const {
  std::vector<Context> found;
  std::copy_if(
      contexts_.begin(), contexts_.end(), std::back_inserter(found), [&](const Context& context) {
        return glob_match(glob, context.name);
      });
  return found;
}

}  // namespace celldrift::kube
