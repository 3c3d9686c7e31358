// Where do long columns lie? In large pages, where the system has them: a pass over a nation's values touches thousands
// of small ones, and looking those up costs more than reading.
#pragma once

#include <sys/mman.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <vector>

namespace guidon::scoring {

template <class T>
struct ColumnMemory {
    using value_type = T;
    ColumnMemory() = default;
    template <class U>
    ColumnMemory(const ColumnMemory<U>&) {}  // NOLINT: allocators convert

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < long_column) return static_cast<T*>(::operator new(bytes));
        // Columns begin at different places of their pages, so that they do not push each other out of the cache.
        static std::atomic<std::size_t> columns = 0;
        const std::size_t offset = columns++ % 64 * 4160;
        const std::size_t size = (bytes + offset + large_page - 1) / large_page * large_page;
        auto* page = static_cast<std::byte*>(std::aligned_alloc(large_page, size));
        if (!page) throw std::bad_alloc();
        madvise(page, size, MADV_HUGEPAGE);
        return reinterpret_cast<T*>(page + offset);
    }
    void deallocate(T* first, std::size_t count) {
        if (count * sizeof(T) < long_column) return ::operator delete(first);
        const auto address = reinterpret_cast<std::size_t>(first);
        std::free(reinterpret_cast<void*>(address / large_page * large_page));  // NOLINT: where its page begins
    }
    bool operator==(const ColumnMemory&) const { return true; }

private:
    static constexpr std::size_t large_page = std::size_t{2} << 20, long_column = std::size_t{512} << 10;
};

template <class T>
using ColumnOf = std::vector<T, ColumnMemory<T>>;

}  // namespace guidon::scoring
