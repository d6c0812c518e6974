#include "celldrift/fleet/expand.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <array>

namespace celldrift::fleet {
namespace {

constexpr int max_depth = 200;

bool has_manifest_name(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

// True when a text that does not parse has a line like `kind: ApplicationSet`, so that something
// may be lost with it.
bool looks_like_one(std::string_view text) {
  for (std::size_t at = text.find("kind"); at != std::string_view::npos;
       at = text.find("kind", at + 4)) {
    std::string_view rest = text.substr(at + 4, 80);
    while (!rest.empty() &&
           std::string_view("\"' :\t").find(rest.front()) != std::string_view::npos) {
      rest.remove_prefix(1);
    }
    if (rest.starts_with("Application")) {
      rest.remove_prefix(std::string_view("Application").size());
      rest.remove_prefix(rest.starts_with("Set") ? 3 : 0);
      if (rest.empty() ||
          std::string_view("\"' \t\r\n,}#").find(rest.front()) != std::string_view::npos) {
        return true;
      }
    }
  }
  return false;
}

class Finder {
 public:
  explicit Finder(const git::Tree& tree) : tree_(tree) {}

  void walk(const std::string& directory, int depth) {
    if (depth > max_depth) {
      problem(Error(ErrorCode::limit, directory + ": directories are nested too deeply"));
      return;
    }
    for (const git::Entry& entry : tree_.list(directory)) {
      const std::string path = directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.kind == git::EntryKind::directory && entry.name != ".git") {
        walk(path, depth + 1);
      } else if (entry.kind == git::EntryKind::file && has_manifest_name(entry.name)) {
        read_file(path);  // a symbolic link's target is found where it lies
      }
    }
  }

  Declared take() { return std::move(declared_); }

 private:
  void problem(const Error& error) {
    declared_.problems.push_back(problem_of(error, Stage::fleet));
  }

  void read_file(const std::string& path) {
    try {
      const git::Blob blob = tree_.read(path);
      const std::string text = yaml::to_utf8(*blob.text);
      if (text.find("argoproj.io") != std::string::npos) {
        const SourceId source = intern_source({path, blob.oid, tree_.commit()});
        path.ends_with(".json") ? read_json(text, source) : read_yaml(text, source);
      }
    } catch (const Error& error) {
      problem(error);
    }
  }

  void read_json(std::string_view text, SourceId source) {
    try {
      add(yaml::parse_json(text, {.source = source}).value);
    } catch (Error& error) {
      refuse(error, text, {source, 1, 1});
    }
  }

  void read_yaml(std::string_view text, SourceId source) {
    for (const yaml::Piece& piece : yaml::split_documents(text)) {
      if (piece.text.find("argoproj.io") == std::string_view::npos) {
        continue;
      }
      try {
        add(yaml::parse(piece, {.source = source}).value);
      } catch (Error& error) {
        refuse(error, piece.text, {source, piece.first_line, 1});
      }
    }
  }

  void refuse(Error& error, std::string_view text, const Mark& place) {
    if (looks_like_one(text)) {
      const std::string_view hint =
          text.find("{{") != std::string_view::npos ? " (is it a Helm template?)" : "";
      error.add_context("this looks like an ApplicationSet or Application but does not parse" +
                        std::string(hint));
      problem(error.at(place));
    }
  }

  void add(const Value& document) {
    const std::string_view kind = document.string_at({"kind"});
    const Value* items = document.find("items");
    if (kind.ends_with("List") && items != nullptr && items->is_list()) {
      for (const Value& item : items->items()) {
        add_object(item);
      }
      return;
    }
    add_object(document);
  }

  void add_object(const Value& object) {
    const std::string_view kind = object.string_at({"kind"});
    if (!object.string_at({"apiVersion"}).starts_with("argoproj.io/")) {
      return;
    }
    if (kind == "ApplicationSet") {
      declared_.application_sets.push_back(object);
    } else if (kind == "Application") {
      declared_.applications.push_back(object);
    }
  }

  const git::Tree& tree_;
  Declared declared_;
};

}  // namespace

Declared find_declared(const git::Tree& tree, std::string_view directory) {
  Finder finder(tree);
  const std::string start = git::join_path("", directory);
  finder.walk(start == "." ? "" : start, 0);
  return finder.take();
}

}  // namespace celldrift::fleet
