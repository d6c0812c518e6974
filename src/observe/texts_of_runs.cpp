// Where runs of objects end.
//
// A snapshot's runs are compressed each by itself, and one that was read before is known by its
// bytes. An object more must not move the ends of all runs behind it, so a run ends where the key
// of the next object says so, as tools for backups cut files by their content. Runs of some hundred
// objects: at a quarter of the size, they would compress 9 % worse than one whole does, not 2.5 %.
#include "celldrift/yaml/yaml.hpp"
#include "observe/gzip.hpp"
#include "observe/object_run.hpp"

namespace celldrift::observe {
namespace {

constexpr std::size_t least_bytes = 256u << 10;
constexpr std::size_t most_bytes = 1u << 20;  // but for a single object that is larger
constexpr std::uint32_t one_of = 64;          // keys may begin a run

bool may_begin_run(const ObjectKey& key) {
  const std::string text = key.group + "/" + key.kind + "/" + key.ns + "/" + key.name;
  return checksum(text) % one_of == 0;
}

}  // namespace

std::vector<std::string> texts_of_runs(const ObjectTable& objects) {
  std::vector<std::string> texts;
  for (const LiveObject& each : objects) {
    const std::string line = yaml::canonical_json(each.object) + "\n";
    const bool ends_before = texts.empty() ||
                             (texts.back().size() >= least_bytes && may_begin_run(each.key)) ||
                             texts.back().size() + line.size() > most_bytes;
    if (ends_before) {
      texts.emplace_back();
    }
    texts.back() += line;
  }
  return texts;
}

}  // namespace celldrift::observe
