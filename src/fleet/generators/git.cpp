#include "fleet/generators/git.hpp"

#include "celldrift/core/error.hpp"
#include "fleet/shapes/entries.hpp"

namespace celldrift::fleet {
namespace {

class PathParams {
 public:
  PathParams(const FoundPath& found, const Value& spec)
      : found_(found), prefix_(spec.string_at({"pathParamPrefix"})) {}

  // "path", "path.basename", "path[0]", … beside what the file says, as flat texts.
  Params flat(const GeneratorContext& context) const {
    Entries entries;
    for (Value::Entry& entry : flattened_entries(found_.content)) {
      entries.set(entry.key, std::move(entry.value));
    }
    const std::string name = prefix_.empty() ? "path" : prefix_ + ".path";
    const Value& parts = context.paths.tree(found_.directory, found_.file, found_.mark);
    entries.set(name, *parts.find("path"));
    for (const auto& [key, value] : parts.entries()) {
      if (key.view() != "path" && key.view() != "segments") {
        entries.set(name + "." + key.str(), value);
      }
    }
    std::size_t index = 0;
    for (const Value& segment : parts.find("segments")->items()) {
      if (!segment.as_string().empty()) {
        entries.set(name + "[" + std::to_string(index) + "]", segment);
      }
      ++index;
    }
    return made(entries.take_map(), found_.mark, context.heap);
  }

  // The map `path`, or `path` in the map of the prefix, in place of what the file says there.
  Params nested(const GeneratorContext& context) const {
    Entries entries(found_.content.entries());
    const Value& inner = context.paths.tree(found_.directory, found_.file, found_.mark);
    if (prefix_.empty()) {
      entries.set("path", inner);
      return made_with(entries.take_map(), {"path", "segments"}, context);
    }
    entries.set(prefix_, Value::map({{"path", inner}}).with_mark(found_.mark));
    return made_with(entries.take_map(), {prefix_, "path", "segments"}, context);
  }

 private:
  Params made_with(Value origin,
                   std::vector<std::string_view> segments_at,
                   const GeneratorContext& context) const {
    const TypedPlace places[] = {{std::move(segments_at), &gotemplate::string_list_type}};
    return made(std::move(origin), found_.mark, context.heap, places);
  }

  const FoundPath& found_;
  std::string prefix_;
};

// Argo CD looks the project up, for its rules on signatures, unless its name is a template.
void require_project(const GeneratorContext& context, const Value& spec) {
  if (context.project.empty()) {
    throw Error(ErrorCode::config,
                "error getting project : a git generator needs spec.template.spec.project",
                spec.mark());
  }
}

bool has_items(const Value& spec, std::string_view key) {
  const Value* items = spec.find(key);
  return items != nullptr && items->size() > 0;
}

}  // namespace

const Value& FoundPath::nothing() {
  static const Value empty = Value::map({});
  return empty;
}

Params params_of_path(const FoundPath& found, const Value& spec, const GeneratorContext& context) {
  const PathParams path(found, spec);
  Params params = context.is_go() ? path.nested(context) : path.flat(context);
  add_values(spec, context, params);
  return params;
}

RepositoryFiles::State open_repository(const Value& spec, const GeneratorContext& context) {
  try {
    return context.files.open(std::string(spec.string_at({"repoURL"})),
                              std::string(spec.string_at({"revision"})));
  } catch (Error& error) {
    throw error.at(spec.mark());
  }
}

std::vector<Params> generate_git(const Value& spec, const GeneratorContext& context) {
  require_project(context, spec);
  if (has_items(spec, "directories")) {
    return generate_git_directories(spec, context);
  }
  if (has_items(spec, "files")) {
    return generate_git_files(spec, context);
  }
  throw Error(ErrorCode::config,
              "ApplicationSet is empty: a git generator needs directories or files",
              spec.mark());
}

}  // namespace celldrift::fleet
