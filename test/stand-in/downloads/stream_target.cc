// SPDX-License-Identifier: MIT

#include "stand-in/downloads/stream_target.h"

#include "stand-in/com/object.h"

namespace dosvc_stand_in {

HRESULT StreamTarget::Open(std::uint64_t& done) {
  written_ = done > 0;
  return S_OK;
}

// The remote file has changed, and the bytes that were already written cannot be taken back.
HRESULT StreamTarget::Clear() { return written_ ? HRESULT_FROM_WIN32(ERROR_FILE_INVALID) : S_OK; }

// Calls only Write on the stream, and ignores its count, because not every client sets it.
// DOC: do-client, src/internal/com/download_impl.cpp, DOStreamCallback.
HRESULT StreamTarget::Append(const void* bytes, std::uint32_t size) {
  held_(true);
  const HRESULT hr = Answer(L"ISequentialStream::Write", [&] {
    ULONG written = 0;
    return stream_->Write(bytes, size, &written);
  });
  held_(false);
  written_ = true;
  return hr;
}

}  // namespace dosvc_stand_in
