// Rules: what people, and celldrift's own packs, say of findings. docs/rules.md is their language.
#pragma once

#include "celldrift/audit/audit.hpp"
#include "celldrift/audit/rule_match.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace celldrift::audit {

// What rules of all sorts have.
struct RuleHead {
  std::string name;  // distinct among all that are in force; those of packs begin with "pack/"
  std::string why;   // for people; "" where nobody says
  std::string pack;  // "" for the user's own
  Match match;
  Value text;  // as it was written, with its mark

  const Mark& mark() const { return text.mark(); }
};

struct Rule : RuleHead {
  enum class Parity { unsaid, ignore, require };
  std::optional<Severity> severity;  // of what it matches; of what it finds, for must-differ
  Parity parity = Parity::unsaid;    // only parity findings are meant then
  bool must_differ = false;          // cells may not share the values at the paths
  std::string shared_within;         // cells of one value of this label may; "" for none
};

// Hides findings, for a reason.
struct Waiver : RuleHead {
  std::string reason;
  std::optional<Time> expires;  // the first moment at which it no longer hides
  std::string expires_text;     // as written
  std::string owner;
  std::string ticket;
};

// How far cells may be apart in the version of one thing.
struct SkewBudget : RuleHead {
  // At most so many behind; of what is not said, more significant parts may not differ at all, and
  // less significant ones as they like.
  std::optional<std::uint64_t> major, minor, patch;
  std::optional<std::size_t> commits;       // of the proved commit behind what Git wants
  std::optional<std::chrono::seconds> age;  // likewise
  CellSelector canaries;                    // may be ahead of all others; none where it is any
  bool none_behind = false;                 // no cell may be behind at all
  Severity severity = Severity::error;      // of what is out of it
};

// Cells that get a deploy together, in the order of the list.
struct Wave {
  std::string name;
  CellSelector cells;
  std::chrono::seconds soak{0};  // that its cells must be healthy for before the next one's turn
  Value text;
};

struct Rules {
  std::vector<Rule> rules;
  std::vector<Waiver> waivers;
  std::vector<SkewBudget> budgets;
  std::vector<Wave> waves;
};

// Gives the document of a file that the list `rules` names, by the path that stands there.
using RuleFile = std::function<Value(std::string_view path, const Mark& at)>;

// Reads a document with the keys `rules`, `waivers`, `budgets` and `waves` (and `schema`, `about`).
// Error(config) with file:line:column and what is allowed. Without `files` none can be named.
Rules read_rules(const Value& document, const RuleFile& files = {});

// The built-in packs: which there are, and whether they are in force where nobody says.
struct Pack {
  std::string_view name;
  std::string about;
  bool is_on = false;
};
std::vector<Pack> packs();
// The rules of those packs that are on. `switches` is the map `packs` of celldrift.yaml: name ->
// true or false; null for none. Error(config) for a name that is none.
Rules pack_rules(const Value& switches);

// Adds `more` after what is there: later rules win over earlier ones. Error(config) with both
// places for a name that both have, and for waves in both.
void append(Rules& rules, Rules more);

// What rules are applied to, beside the findings.
struct RuleContext {
  const Rules& rules;
  const std::vector<ComparedApplication>& applications;
  const std::vector<CellSummary>& cells;
  const std::vector<Problem>& problems;
  Time now{};
};

struct Ruled {
  std::vector<Finding> findings;     // what is left, and what the rules found themselves
  std::vector<Finding> waived;       // what waivers, and `parity: ignore`, hide
  std::vector<AcceptedNote> hidden;  // the same as notes
};

// Applies rules, in this order: must-differ and waves add findings; the last rule that matches a
// finding sets its severity; then the last budget that matches version skew; waivers hide; and
// what is wrong with waivers is found. Pure, whatever the order of the input.
Ruled apply_rules(std::vector<Finding> findings, const RuleContext& context);

// Which rules match a finding, by name, in the order in which they are in force.
std::vector<std::string> matching_rules(const Rules& rules,
                                        const Finding& finding,
                                        const LabelsOfCells& cells);

}  // namespace celldrift::audit
