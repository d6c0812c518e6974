#include "celldrift/core/mark.hpp"

#include <deque>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

namespace celldrift {
namespace {

struct Table {
  std::shared_mutex mutex;
  std::deque<Source> sources{Source{}};  // a deque: references stay valid as it grows
  std::unordered_map<std::string, SourceId> ids;
};

// Never destroyed: a thread that was left behind may still describe an error while the process
// ends.
Table& table() {
  static Table& instance = *new Table;
  return instance;
}

}  // namespace

SourceId intern_source(const Source& source) {
  if (source == Source{}) {
    return 0;
  }
  const std::string key = source.path + '\0' + source.blob + '\0' + source.commit;
  Table& sources = table();
  const std::unique_lock lock(sources.mutex);
  const auto [entry, is_new] = sources.ids.try_emplace(key, SourceId(sources.sources.size()));
  if (is_new) {
    sources.sources.push_back(source);
  }
  return entry->second;
}

const Source& source_of(SourceId id) {
  Table& sources = table();
  const std::shared_lock lock(sources.mutex);
  return sources.sources.at(id < sources.sources.size() ? id : 0);
}

std::string describe(const Mark& mark) {
  std::string text = source_of(mark.source).path;
  if (mark.line != 0) {
    text += (text.empty() ? "line " : ":") + std::to_string(mark.line);
  }
  return text;
}

}  // namespace celldrift
