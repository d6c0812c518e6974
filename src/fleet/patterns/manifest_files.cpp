#include "fleet/patterns/manifest_files.hpp"

#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::fleet {
namespace {

constexpr int max_depth = 200;

using IsWanted = std::function<bool(std::string_view text)>;

bool has_manifest_name(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

class Reader {
 public:
  Reader(const git::Tree& tree, const IsWanted& is_wanted) : tree_(tree), is_wanted_(is_wanted) {}

  void walk(const std::string& directory, int depth) {
    if (depth > max_depth) {
      throw Error(ErrorCode::limit, directory + ": directories are nested too deeply");
    }
    for (const git::Entry& entry : tree_.list(directory)) {
      const std::string path = directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.kind == git::EntryKind::directory && entry.name != ".git") {
        walk(path, depth + 1);
      } else if (entry.kind == git::EntryKind::file && has_manifest_name(entry.name)) {
        read(path);
      }
    }
  }

  std::vector<Value> take() { return std::move(documents_); }

 private:
  void read(const std::string& path) {
    try {
      const git::Blob blob = tree_.read(path);
      const std::string text = yaml::to_utf8(*blob.text);
      if (is_wanted_(text)) {
        parse(text, path.ends_with(".json"), intern_source({path, blob.oid, tree_.commit()}));
      }
    } catch (const Error&) {
      return;  // it is another file that is looked for, or find_declared says so
    }
  }

  void parse(std::string_view text, bool is_json, SourceId source) {
    if (is_json) {
      add(yaml::parse_json(text, {.source = source}).value);
      return;
    }
    for (const yaml::Piece& piece : yaml::split_documents(text)) {
      try {
        add(yaml::parse(piece, {.source = source}).value);
      } catch (const Error&) {
        continue;
      }
    }
  }

  void add(const Value& document) {
    std::ranges::move(objects_of(document), std::back_inserter(documents_));
  }

  const git::Tree& tree_;
  const IsWanted& is_wanted_;
  std::vector<Value> documents_;
};

}  // namespace

std::vector<Value> objects_of(const Value& document) {
  const Value* items = document.find("items");
  if (document.string_at({"kind"}).ends_with("List") && items != nullptr && items->is_list()) {
    return {items->items().begin(), items->items().end()};
  }
  return {document};
}

std::vector<Value> documents_in(const git::Tree& tree, const IsWanted& is_wanted) {
  Reader reader(tree, is_wanted);
  reader.walk("", 0);
  return reader.take();
}

}  // namespace celldrift::fleet
