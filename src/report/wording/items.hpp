// What the text report tells in one go: a cause, or a finding alone, with all objects and cells
// that it is in.
#pragma once

#include "celldrift/audit/report.hpp"

#include <string>
#include <vector>

namespace celldrift::report {

// An object over cells.
struct Spot {
  std::string kind;
  std::string name;                // "backend/web"; "*" stands for what differs by cell
  std::vector<std::string> cells;  // sorted

  std::string object() const { return kind + " " + name; }
  bool operator==(const Spot&) const = default;
};

// Findings that differ in nothing but the object, the cell, the place in Git and the time.
struct Delta {
  const audit::Finding* first = nullptr;
  std::vector<Spot> spots;            // in the order of the report
  std::vector<Mark> sources;          // distinct, as they come
  std::vector<audit::Proved> proved;  // of all its findings
};

// What is the matter with the same objects in the same cells.
struct Block {
  std::vector<Spot> spots;
  std::vector<Delta> deltas;
};

struct Item {
  const audit::Cause* cause = nullptr;  // nothing for a finding alone
  const audit::Finding* first = nullptr;
  std::vector<std::string> components;  // as they come
  std::vector<std::string> cells;       // sorted
  std::vector<Block> blocks;
  std::size_t findings = 0;
  std::optional<Time> first_time;  // the earliest change
  std::optional<Time> last;        // the latest
  bool same_time = true;           // of all of them
};

// The findings of one category. Items of several components first, then as the report has them.
std::vector<Item> items(const audit::Report& report, audit::Category category);

}  // namespace celldrift::report
