#pragma once
// The parts of a workbook's archive (libzip), under caps; an archive is the least trusted input we
// have. Private to this folder. Entry paths are only compared, never used as a path on this
// machine:
// "\" is "/", a leading "/" or "./" falls away, case is no difference.
//   counted while inflating, whatever the archive claims: bytes of one part and of all, and the
//   ratio of a part once it is larger than kRatioFreeBytes
// Errors: rejected bad_archive, archive_too_large, archive_password. Threads: one per object.
// Source: libzip 1.7.3.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace connectors::common {

inline constexpr std::size_t kArchiveBytesMax = std::size_t{20} << 20;
inline constexpr std::uint64_t kEntriesMax = 2'000;
inline constexpr std::uint64_t kInflatedBytesMax = std::uint64_t{256} << 20;  // of all parts read
inline constexpr std::uint64_t kRatioMax = 100;
inline constexpr std::uint64_t kRatioFreeBytes = std::uint64_t{1} << 20;

class ZipParts {
 public:
  class Part {
   public:
    ~Part();
    Part(Part&&) noexcept;
    // 0 at the end.
    base::Result<std::size_t> read(std::span<char> into);

   private:
    friend class ZipParts;
    struct Impl;
    explicit Part(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
  };

  // `bytes` outlive the parts.
  static base::Result<ZipParts> from_bytes(std::string_view bytes);
  static base::Result<ZipParts> from_file(const std::string& path);
  ~ZipParts();
  ZipParts(ZipParts&&) noexcept;

  std::optional<std::uint64_t> find(std::string_view name) const;
  // Parts must not outlive the archive.
  base::Result<Part> open(std::uint64_t index);

 private:
  struct Impl;
  explicit ZipParts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// "./xl\Workbook.xml" -> "xl/workbook.xml"
std::string part_name(std::string_view name);

}  // namespace connectors::common
