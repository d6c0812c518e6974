#include "audit/substrate/lines.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

// kind, namespace, name
using Name = std::tuple<GroupKind, std::string, std::string>;
using Lines = std::map<Name, std::vector<Holding>>;

class Lineup {
 public:
  Lineup(const Cells& cells, Whose whose)
      : cells_(cells), whose_(whose), known_(known_cells(cells)) {}

  std::vector<SubstrateLine> run() {
    std::vector<SubstrateLine> result;
    Lines lines = lined_up();
    if (std::ranges::any_of(
            lines, [&](const auto& line) { return line.second.size() != known_.size(); })) {
      look_around();
    }
    for (auto& [name, holdings] : lines) {
      SubstrateLine line{.kind = std::get<0>(name),
                         .ns = std::get<1>(name),
                         .name = std::get<2>(name),
                         .holdings = with_absent(name, std::move(holdings))};
      if (line.holdings.size() > 1) {
        result.push_back(std::move(line));
      }
    }
    return result;
  }

 private:
  // What tells whether a cell lacks something: not to be known where each has everything.
  void look_around() {
    for (const std::size_t cell : known_) {
      for (const std::string& ns : substrate(cell).namespaces) {
        namespaces_[cells_.text(cell, ns)].emplace(cell, ns);
      }
      if (whose_ == Whose::nobodys) {
        for (const ObjectKey& key : substrate(cell).gits) {
          gits_[abstract_name(cell, key)].insert(cell);
        }
      }
    }
  }

  const Substrate& substrate(std::size_t cell) const { return cells_.all()[cell].substrate; }

  Name abstract_name(std::size_t cell, const ObjectKey& key) const {
    return {key.group_kind(), cells_.text(cell, key.ns), cells_.text(cell, key.name)};
  }

  bool is_counted(const Substrate::Part& part) const {
    return whose_ == Whose::anybodys || !part.is_gits;
  }

  Lines lined_up() const {
    Lines raw;
    for (const std::size_t cell : known_) {
      for (const Substrate::Part& part : substrate(cell).parts) {
        if (is_counted(part)) {
          raw[{part.key.group_kind(), part.key.ns, part.key.name}].push_back({cell, &part});
        }
      }
    }
    Lines lines;
    for (auto& [name, holdings] : raw) {
      if (holdings.size() == known_.size()) {
        lines[name] = std::move(holdings);
        continue;
      }
      for (const Holding& holding : holdings) {
        add(lines[abstract_name(holding.cell, holding.part->key)], holding);
      }
    }
    return lines;
  }

  // Of two that come to the same name in one cell it cannot be told which is which: the first.
  static void add(std::vector<Holding>& holdings, const Holding& holding) {
    if (std::ranges::find(holdings, holding.cell, &Holding::cell) == holdings.end()) {
      holdings.push_back(holding);
    }
  }

  // Where the cell would have it; nothing where that is nowhere.
  std::optional<std::string> room(std::size_t cell, const std::string& ns) const {
    if (ns.empty()) {
      return ns;
    }
    const auto found = namespaces_.find(ns);
    if (found == namespaces_.end() || !found->second.contains(cell)) {
      return std::nullopt;
    }
    return found->second.at(cell);
  }

  bool lacks(std::size_t cell, const Name& name) const {
    const auto& [kind, ns, object] = name;
    const auto gits = gits_.find(name);
    const bool is_gits = gits != gits_.end() && gits->second.contains(cell);
    const std::optional<std::string> at = room(cell, ns);
    return !is_gits && at && may_serve(substrate(cell), kind) &&
           !substrate(cell).unread.contains({kind, *at});
  }

  std::vector<Holding> with_absent(const Name& name, std::vector<Holding> holdings) const {
    std::map<std::size_t, const Substrate::Part*> parts;
    for (const Holding& holding : holdings) {
      parts.emplace(holding.cell, holding.part);
    }
    std::vector<Holding> all;
    for (const std::size_t cell : known_) {
      const auto found = parts.find(cell);
      if (found != parts.end()) {
        all.push_back({cell, found->second});
      } else if (lacks(cell, name)) {
        all.push_back({cell, nullptr});
      }
    }
    return all;
  }

  const Cells& cells_;
  Whose whose_;
  std::vector<std::size_t> known_;
  std::map<std::string, std::map<std::size_t, std::string>> namespaces_;  // by abstract name
  std::map<Name, std::set<std::size_t>> gits_;
};

}  // namespace

std::vector<std::size_t> known_cells(const Cells& cells) {
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < cells.all().size(); ++i) {
    if (cells.all()[i].substrate.is_known) {
      known.push_back(i);
    }
  }
  std::ranges::sort(
      known, {}, [&](std::size_t i) { return std::string_view(cells.all()[i].name); });
  return known;
}

bool may_serve(const Substrate& substrate, const GroupKind& kind) {
  return substrate.served.empty() || substrate.served.contains(kind) ||
         substrate.unread_groups.contains(kind.group);
}

std::vector<SubstrateLine> substrate_lines(const Cells& cells, Whose whose) {
  return Lineup(cells, whose).run();
}

}  // namespace celldrift::audit
