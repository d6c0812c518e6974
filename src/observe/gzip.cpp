#include "observe/gzip.hpp"

#include "celldrift/core/error.hpp"

#include <zlib.h>

#include <algorithm>
#include <vector>

namespace celldrift::observe {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib's way to say "with gzip's header and checksum"
constexpr int level = 6;
constexpr std::size_t piece_bytes = 1u << 18;
constexpr std::size_t ratio_counts_from = 64u << 20;

// zlib's input pointer is not const; it only reads.
Bytef* input(const char* bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes));
}

Bytef* output(std::vector<char>& buffer) {
  return reinterpret_cast<Bytef*>(buffer.data());
}

// A z_stream and its end.
struct Stream {
  explicit Stream(int (*end)(z_stream*)) : end_(end) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { end_(&z); }
  z_stream z{};

 private:
  int (*end_)(z_stream*);
};

void check_limits(std::size_t out, std::size_t in, const InflateLimits& limits) {
  if (out > limits.bytes) {
    throw Error(ErrorCode::limit,
                "it unpacks to more than " + std::to_string(limits.bytes) + " bytes");
  }
  if (out > ratio_counts_from && out / std::max<std::size_t>(in, 1) > limits.ratio) {
    throw Error(ErrorCode::limit,
                "it unpacks to more than " + std::to_string(limits.ratio) + " times its size");
  }
}

// zlib counts input in 32 bits, so it is fed in pieces.
void feed(z_stream& z, std::string_view& rest) {
  if (z.avail_in == 0 && !rest.empty()) {
    const std::size_t count = std::min<std::size_t>(rest.size(), 1u << 30);
    z.next_in = input(rest.data());
    z.avail_in = static_cast<uInt>(count);
    rest.remove_prefix(count);
  }
}

}  // namespace

std::string compress(std::string_view text) {
  Stream stream(deflateEnd);
  if (deflateInit2(&stream.z, level, Z_DEFLATED, gzip_window, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw Error(ErrorCode::internal, "zlib cannot be initialised");
  }
  std::string bytes;
  std::vector<char> buffer(piece_bytes);
  for (int result = Z_OK; result != Z_STREAM_END;) {
    feed(stream.z, text);
    stream.z.next_out = output(buffer);
    stream.z.avail_out = static_cast<uInt>(buffer.size());
    result = deflate(&stream.z, text.empty() ? Z_FINISH : Z_NO_FLUSH);
    bytes.append(buffer.data(), buffer.size() - stream.z.avail_out);
  }
  return bytes;
}

void decompress(std::string_view bytes,
                const InflateLimits& limits,
                const std::function<void(std::string_view)>& on_piece) {
  decompress_while(bytes, limits, [&](std::string_view piece) {
    on_piece(piece);
    return true;
  });
}

void decompress_while(std::string_view bytes,
                      const InflateLimits& limits,
                      const std::function<bool(std::string_view)>& on_piece) {
  Stream stream(inflateEnd);
  if (inflateInit2(&stream.z, gzip_window) != Z_OK) {
    throw Error(ErrorCode::internal, "zlib cannot be initialised");
  }
  const std::size_t whole = bytes.size();
  std::vector<char> buffer(piece_bytes);
  std::size_t total = 0;
  for (int result = Z_OK; result != Z_STREAM_END;) {
    feed(stream.z, bytes);
    stream.z.next_out = output(buffer);
    stream.z.avail_out = static_cast<uInt>(buffer.size());
    result = inflate(&stream.z, Z_NO_FLUSH);
    const std::size_t count = buffer.size() - stream.z.avail_out;
    if (result == Z_BUF_ERROR ||
        (result == Z_OK && count == 0 && bytes.empty() && stream.z.avail_in == 0)) {
      throw Error(ErrorCode::config, "it is cut off");
    }
    if (result != Z_OK && result != Z_STREAM_END) {
      throw Error(ErrorCode::config, "it is not a gzip file, or a damaged one");
    }
    total += count;
    check_limits(total, whole, limits);
    if (!on_piece({buffer.data(), count})) {
      return;
    }
  }
  if (stream.z.avail_in != 0 || !bytes.empty()) {
    throw Error(ErrorCode::config, "something follows its end");
  }
}

}  // namespace celldrift::observe
