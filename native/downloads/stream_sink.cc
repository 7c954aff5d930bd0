// SPDX-License-Identifier: MIT
//
// Our IStream, an answering sink. What a service writes goes to JavaScript through a bounded pipe;
// while the pipe is full, Write waits on the RPC thread of its call.

#include <objidl.h>

#include <cstddef>
#include <utility>

#include "com/params.h"
#include "com/sink.h"
#include "core/pipe.h"
#include "downloads/sinks.h"

namespace dosvc::downloads {
namespace {

constexpr std::uint32_t kDefaultCapacity = 1u << 20;

// The service queries for IStream but calls only ISequentialStream::Write.
class StreamSink : public com::SinkObject<IStream, ISequentialStream> {
 public:
  explicit StreamSink(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {}

  // [RPC]
  HRESULT STDMETHODCALLTYPE Write(const void* data, ULONG size, ULONG* written) override {
    if (written != nullptr) *written = 0;
    if (data == nullptr && size > 0) return STG_E_INVALIDPOINTER;
    const HRESULT hr = com::Answer([&] {
      return pipe_->Write(static_cast<const std::uint8_t*>(data), size) ? S_OK : E_ABORT;
    });
    // The pipe may hold part of this write, so the stream can no longer be continued.
    if (hr == E_OUTOFMEMORY) pipe_->Close();
    if (hr == S_OK && written != nullptr) *written = size;
    return hr;
  }

  HRESULT STDMETHODCALLTYPE Read(void*, ULONG, ULONG*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Seek(LARGE_INTEGER, DWORD, ULARGE_INTEGER*) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE SetSize(ULARGE_INTEGER) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE CopyTo(IStream*,
                                   ULARGE_INTEGER,
                                   ULARGE_INTEGER*,
                                   ULARGE_INTEGER*) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE Commit(DWORD) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Revert() override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE LockRegion(ULARGE_INTEGER, ULARGE_INTEGER, DWORD) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE UnlockRegion(ULARGE_INTEGER, ULARGE_INTEGER, DWORD) override {
    return E_NOTIMPL;
  }
  HRESULT STDMETHODCALLTYPE Stat(STATSTG*, DWORD) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE Clone(IStream**) override { return E_NOTIMPL; }

 private:
  const std::shared_ptr<Pipe> pipe_;
};

// Closes the pipe when it ends. The service may hold the sink for longer, and its Write would
// otherwise wait for ever.
class StreamSubscription : public com::SinkSubscription {
 public:
  StreamSubscription(const std::shared_ptr<com::ComEngine>& engine, std::shared_ptr<Pipe> pipe)
      : SinkSubscription(engine, com::TakeReference<IUnknown>(new StreamSink(pipe))),
        pipe_(std::move(pipe)) {}
  ~StreamSubscription() override { pipe_->Close(); }

 private:
  const std::shared_ptr<Pipe> pipe_;
};

}  // namespace

ObjectRef MakeStreamSink(const std::shared_ptr<com::ComEngine>& engine,
                         const Subscription& stream) {
  std::uint32_t capacity = kDefaultCapacity;
  com::ReadField(stream.options, "capacity", &capacity);
  auto pipe = Pipe::Make(engine->channels(), stream.number, capacity);
  return MakeObject<StreamSubscription>(engine, std::move(pipe));
}

}  // namespace dosvc::downloads
