// What a deploy does to the objects of an Application in one cell, and what of it cannot be done.
#pragma once

#include "celldrift/audit/gate.hpp"

#include <vector>

namespace celldrift::audit {

// What one cell has that single objects hang on.
struct GateSurroundings {
  const GateCell* cell = nullptr;  // null where nothing is known of it
  // Of what the deploy brings to the cell with any of its Applications.
  std::set<std::string> new_namespaces;
  std::set<std::pair<GroupKind, std::string>> new_apis;  // kinds, each at a version
};

struct Effects {
  std::vector<ObjectEffect> objects;
  std::vector<Objection> objections;
};

// Of an Application that the deploy touches.
Effects effects_of(const GateApplication& application, const GateSurroundings& cell);

// Whether one of two fields is the other, or lies in it.
bool is_same_place(const std::string& a, const std::string& b);

}  // namespace celldrift::audit
