#pragma once

#include <memory>

namespace celldrift::sprig {

// The deleter of an object that a C library releases: std::unique_ptr<X509, Release<X509_free>>.
template <auto release>
struct Release {
  template <typename T>
  void operator()(T* object) const {
    release(object);
  }
};

}  // namespace celldrift::sprig
