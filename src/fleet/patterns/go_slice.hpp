// A slice of texts with Go's rules of who shares an array with whom: doublestar's results depend on
// them. Copies see what others append as long as the array has room.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace celldrift::fleet {

class GoSlice {
 public:
  std::size_t size() const { return size_; }
  const std::string& operator[](std::size_t i) const { return (*array_)[i]; }

  void append(std::string text);
  // Makes [first, newest) and [newest, end), each in order, one run in order without what is in
  // both. Where they are not in order, what doublestar makes of them.
  void merge(std::size_t first, std::size_t newest);

 private:
  std::shared_ptr<std::vector<std::string>> array_ = std::make_shared<std::vector<std::string>>();
  std::size_t size_ = 0;
};

}  // namespace celldrift::fleet
