#include "cli/app_graph.hpp"

#include <algorithm>

namespace celldrift::cli {
namespace {

class Graph {
 public:
  explicit Graph(const std::vector<AppNode>& nodes)
      : nodes_(nodes), readers_(nodes.size()), exists_(nodes.size()) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (const std::size_t read : nodes[i].reads) {
        readers_[read].push_back(i);
      }
    }
  }

  std::vector<bool> run() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i].is_declared && readers_[i].empty()) {
        add(i);
      }
    }
    while (add_one_of_a_circle()) {
    }
    return exists_;
  }

 private:
  // With everything that it makes.
  void add(std::size_t first) {
    std::vector<std::size_t> todo{first};
    while (!todo.empty()) {
      const std::size_t i = todo.back();
      todo.pop_back();
      if (!exists_[i]) {
        exists_[i] = true;
        todo.insert(todo.end(), nodes_[i].children.begin(), nodes_[i].children.end());
      }
    }
  }

  // A declared one that nothing outside of its circle renders.
  bool add_one_of_a_circle() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!nodes_[i].is_declared || exists_[i] || is_read_by_one_that_exists(i)) {
        continue;
      }
      const std::vector<bool> reached = reached_from(i);
      if (std::ranges::all_of(readers_[i], [&](std::size_t reader) { return reached[reader]; })) {
        add(i);
        return true;
      }
    }
    return false;
  }

  bool is_read_by_one_that_exists(std::size_t i) const {
    return std::ranges::any_of(readers_[i], [&](std::size_t reader) { return exists_[reader]; });
  }

  std::vector<bool> reached_from(std::size_t first) const {
    std::vector<bool> reached(nodes_.size());
    std::vector<std::size_t> todo{first};
    while (!todo.empty()) {
      const AppNode& node = nodes_[todo.back()];
      const std::size_t i = todo.back();
      todo.pop_back();
      if (reached[i]) {
        continue;
      }
      reached[i] = true;
      todo.insert(todo.end(), node.children.begin(), node.children.end());
      todo.insert(todo.end(), node.reads.begin(), node.reads.end());
    }
    return reached;
  }

  const std::vector<AppNode>& nodes_;
  std::vector<std::vector<std::size_t>> readers_;
  std::vector<bool> exists_;
};

}  // namespace

std::vector<bool> existing(const std::vector<AppNode>& nodes) {
  return Graph(nodes).run();
}

}  // namespace celldrift::cli
