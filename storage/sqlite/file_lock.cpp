#include "storage/sqlite/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "storage/error.h"

namespace storage::sqlite {

FileLock::FileLock(const std::filesystem::path& file)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
  if (descriptor_ < 0) {
    throw StorageError(Fault::io, "cannot make the lock file " + file.string() + ": " +
                                      std::generic_category().message(errno));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(descriptor_);
  if (reason == EWOULDBLOCK) {
    throw LockedError("another nongsan process has the database open: " + file.string());
  }
  throw StorageError(
      Fault::io, "cannot lock " + file.string() + ": " + std::generic_category().message(reason));
}

FileLock::~FileLock() {
  ::close(descriptor_);
}

}  // namespace storage::sqlite
