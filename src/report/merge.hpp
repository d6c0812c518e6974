// The same finding in several cells, told once.
#pragma once

#include "celldrift/audit/report.hpp"

#include <span>
#include <string>
#include <vector>

namespace celldrift::report {

// Findings that differ in nothing but the cell, its place in Git and the time.
struct Merged {
  const audit::Finding* first = nullptr;
  std::vector<std::string> cells;
  std::vector<Mark> sources;  // distinct, as they come
  std::optional<Time> last;   // the latest change
  bool same_time = true;      // in all cells
  std::string object;         // "Deployment backend/web"; "*" stands for what differs by cell
};

// Findings about one object in the same cells.
struct Block {
  std::string component;
  std::string object;
  std::vector<std::string> cells;
  std::vector<Merged> findings;
};

// The findings of one category, merged; in the order of the report.
std::vector<Block> merge(std::span<const audit::Finding> findings, audit::Category category);

}  // namespace celldrift::report
