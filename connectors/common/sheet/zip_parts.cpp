#include "connectors/common/sheet/zip_parts.h"

#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "connectors/common/sheet/row_source.h"

namespace connectors::common {
namespace {

constexpr std::size_t kDirectoryEndBytes = 22;
constexpr std::size_t kCommentBytesMax = 65'535;
constexpr std::string_view kDirectoryEnd = "PK\x05\x06";
constexpr std::size_t kEntryCountAt = 10;

base::Error bad_archive() {
  return sheet_error("bad_archive", "tệp XLSX hỏng, hãy mở rồi lưu lại",
                     "the XLSX is damaged, open it and save it again");
}
base::Error too_large() {
  return sheet_error("archive_too_large", "tệp XLSX quá lớn, hãy xuất ít ngày hơn",
                     "the XLSX is too large, export fewer days");
}

// libzip makes room for as many entries as the archive claims; so the claim is judged first. Any
// end-of-directory mark may be the one that counts. 65535 announces the 64-bit form: too many.
base::Status check_claims(std::string_view tail) {
  bool found = false;
  for (auto at = tail.find(kDirectoryEnd); at != std::string_view::npos;
       at = tail.find(kDirectoryEnd, at + 1)) {
    if (tail.size() - at < kDirectoryEndBytes) break;
    const auto low = static_cast<unsigned char>(tail[at + kEntryCountAt]);
    const auto high = static_cast<unsigned char>(tail[at + kEntryCountAt + 1]);
    if (static_cast<std::uint64_t>(low | (high << 8)) > kEntriesMax) return too_large();
    found = true;
  }
  if (!found) return bad_archive();
  return base::Done{};
}

std::string tail_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::int64_t>(file.tellg());
  const auto wanted = std::min<std::int64_t>(
      size, static_cast<std::int64_t>(kDirectoryEndBytes + kCommentBytesMax));
  if (!file || wanted <= 0) return {};
  std::string out(static_cast<std::size_t>(wanted), '\0');
  file.seekg(size - wanted);
  file.read(out.data(), wanted);
  return file ? out : std::string{};
}

}  // namespace

struct ZipParts::Impl {
  zip_t* archive = nullptr;
  std::map<std::string, std::uint64_t, std::less<>> names;
  std::uint64_t inflated = 0;

  ~Impl() {
    if (archive != nullptr) zip_discard(archive);
  }

  base::Status list() {
    const auto entries = zip_get_num_entries(archive, 0);
    if (entries < 0) return bad_archive();
    if (static_cast<std::uint64_t>(entries) > kEntriesMax) return too_large();
    for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(entries); ++i) {
      const char* name = zip_get_name(archive, i, 0);
      if (name != nullptr) names.emplace(part_name(name), i);
    }
    return base::Done{};
  }
};

struct ZipParts::Part::Impl {
  ZipParts::Impl& whole;
  zip_file_t* file = nullptr;
  std::uint64_t packed = 0;
  std::uint64_t inflated = 0;

  explicit Impl(ZipParts::Impl& of) : whole(of) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (file != nullptr) zip_fclose(file);
  }
};

ZipParts::Part::Part(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipParts::Part::~Part() = default;
ZipParts::Part::Part(Part&&) noexcept = default;
ZipParts::ZipParts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ZipParts::~ZipParts() = default;
ZipParts::ZipParts(ZipParts&&) noexcept = default;

base::Result<std::size_t> ZipParts::Part::read(std::span<char> into) {
  const auto bytes = zip_fread(impl_->file, into.data(), into.size());
  if (bytes < 0) return bad_archive();
  const auto count = static_cast<std::uint64_t>(bytes);
  impl_->inflated += count;
  impl_->whole.inflated += count;
  const bool bomb = impl_->inflated > kRatioFreeBytes &&
                    impl_->inflated / kRatioMax > std::max<std::uint64_t>(impl_->packed, 1);
  if (bomb || impl_->whole.inflated > kInflatedBytesMax) return too_large();
  return static_cast<std::size_t>(count);
}

base::Result<ZipParts> ZipParts::from_bytes(std::string_view bytes) {
  if (bytes.size() > kArchiveBytesMax) return too_large();
  const auto tail = std::min(bytes.size(), kDirectoryEndBytes + kCommentBytesMax);
  if (const auto fair = check_claims(bytes.substr(bytes.size() - tail)); !fair) return fair.error();
  auto impl = std::make_unique<Impl>();
  zip_error_t failure;
  zip_error_init(&failure);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &failure);
  if (source != nullptr) impl->archive = zip_open_from_source(source, ZIP_RDONLY, &failure);
  if (source != nullptr && impl->archive == nullptr) zip_source_free(source);
  zip_error_fini(&failure);
  if (impl->archive == nullptr) return bad_archive();
  if (const auto listed = impl->list(); !listed) return listed.error();
  return ZipParts(std::move(impl));
}

base::Result<ZipParts> ZipParts::from_file(const std::string& path) {
  std::error_code failed;
  if (std::filesystem::file_size(path, failed) > kArchiveBytesMax && !failed) return too_large();
  if (const auto fair = check_claims(tail_of(path)); !fair) return fair.error();
  auto impl = std::make_unique<Impl>();
  impl->archive = zip_open(path.c_str(), ZIP_RDONLY, nullptr);
  if (impl->archive == nullptr) return bad_archive();
  if (const auto listed = impl->list(); !listed) return listed.error();
  return ZipParts(std::move(impl));
}

std::optional<std::uint64_t> ZipParts::find(std::string_view name) const {
  const auto found = impl_->names.find(part_name(name));
  if (found == impl_->names.end()) return std::nullopt;
  return found->second;
}

base::Result<ZipParts::Part> ZipParts::open(std::uint64_t index) {
  zip_stat_t about;
  zip_stat_init(&about);
  if (zip_stat_index(impl_->archive, index, 0, &about) != 0) return bad_archive();
  if (about.encryption_method != ZIP_EM_NONE) {
    return sheet_error("archive_password", "tệp XLSX có mật khẩu, hãy bỏ mật khẩu",
                       "the XLSX has a password, save it without one");
  }
  if (about.comp_method != ZIP_CM_STORE && about.comp_method != ZIP_CM_DEFLATE) {
    return bad_archive();
  }
  if (about.size > kInflatedBytesMax) return too_large();
  auto part = std::make_unique<Part::Impl>(*impl_);
  part->packed = about.comp_size;
  part->file = zip_fopen_index(impl_->archive, index, 0);
  if (part->file == nullptr) return bad_archive();
  return Part(std::move(part));
}

std::string part_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const char upper = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    out.push_back(upper == '\\' ? '/' : upper);
  }
  while (out.starts_with('/') || out.starts_with("./")) out.erase(0, out.find('/') + 1);
  return out;
}

}  // namespace connectors::common
