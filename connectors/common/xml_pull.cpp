#include <fstream>
#include <utility>

#include "connectors/common/xml.h"
#include "connectors/common/xml_source.h"

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kChunkBytes = 4096;

}  // namespace

struct XmlPull::Impl {
  explicit Impl(const XmlLimits& limits) : source(limits) {}

  // False: the input is used up.
  bool more_bytes() {
    if (!file.is_open()) {
      const std::string_view left = std::string_view{text}.substr(text_at);
      chunk = left.substr(0, kChunkBytes);
      text_at += chunk.size();
      return !chunk.empty();
    }
    chunk.resize(kChunkBytes);
    file.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    chunk.resize(static_cast<std::size_t>(file.gcount()));
    return !chunk.empty();
  }

  base::Result<bool> next() {
    while (source.events().empty()) {
      if (source.error()) return *source.error();
      if (finished) return false;
      if (more_bytes()) {
        source.feed(chunk);
      } else if (file.bad()) {
        return Error{ErrorCode::invalid, "the file cannot be read to its end", {}, {}};
      } else {
        finished = true;
        source.finish();
      }
    }
    event = std::move(source.events().front());
    source.events().pop_front();
    return true;
  }

  XmlSource source;
  std::string text;
  std::size_t text_at = 0;
  std::ifstream file;
  std::string chunk;
  bool finished = false;
  XmlEvent event;
};

XmlPull::XmlPull(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
XmlPull::~XmlPull() = default;
XmlPull::XmlPull(XmlPull&&) noexcept = default;
XmlPull& XmlPull::operator=(XmlPull&&) noexcept = default;

base::Result<XmlPull> XmlPull::from_file(const std::string& path, const XmlLimits& limits) {
  auto impl = std::make_unique<Impl>(limits);
  impl->file.open(path, std::ios::binary);
  const bool readable =
      impl->file.is_open() && impl->file.peek() != std::ifstream::traits_type::eof();
  if (!impl->file.is_open() || (!readable && impl->file.bad())) {
    return Error{ErrorCode::invalid, "the file cannot be opened: " + path, {}, {}};
  }
  return XmlPull{std::move(impl)};
}

base::Result<XmlPull> XmlPull::from_text(std::string text, const XmlLimits& limits) {
  auto impl = std::make_unique<Impl>(limits);
  impl->text = std::move(text);
  return XmlPull{std::move(impl)};
}

base::Result<bool> XmlPull::next() {
  auto more = impl_->next();
  if (!more || !more.value()) impl_->event = XmlEvent{};
  return more;
}

XmlKind XmlPull::kind() const {
  return impl_->event.kind;
}
const std::string& XmlPull::name() const {
  return impl_->event.name;
}
const std::string& XmlPull::text() const {
  return impl_->event.text;
}
const std::vector<XmlAttribute>& XmlPull::attributes() const {
  return impl_->event.attributes;
}

std::optional<std::string> XmlPull::attribute(std::string_view name) const {
  for (const auto& [known, value] : impl_->event.attributes) {
    if (known == name) return value;
  }
  return std::nullopt;
}

int XmlPull::line() const {
  return impl_->event.line;
}
int XmlPull::depth() const {
  return impl_->event.depth;
}

base::Result<std::string> XmlPull::read_text() {
  const std::string parent = name();
  std::string text;
  while (true) {
    const auto more = next();
    if (!more) return more.error();
    if (kind() == XmlKind::end_element) return text;
    if (kind() != XmlKind::text) {
      return Error{ErrorCode::protocol,
                   "line " + std::to_string(line()) + ": <" + parent + "> holds text only, not <" +
                       name() + ">",
                   {},
                   {}};
    }
    text += impl_->event.text;
  }
}

base::Status XmlPull::skip() {
  const int own_depth = depth();
  while (true) {
    const auto more = next();
    if (!more) return more.error();
    if (kind() == XmlKind::end_element && depth() == own_depth) return base::Done{};
    if (!more.value()) return base::Done{};
  }
}

}  // namespace connectors::common
