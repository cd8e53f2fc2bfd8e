-- One index a width of embeddings: those of the encoders that the presets name, and of the one that `tiny` makes for itself (128).
CREATE INDEX image_embedding_hnsw_64 ON image_embedding
    USING hnsw ((vector::vector(64)) vector_cosine_ops) WHERE vector_dims(vector) = 64;
CREATE INDEX image_embedding_hnsw_128 ON image_embedding
    USING hnsw ((vector::vector(128)) vector_cosine_ops) WHERE vector_dims(vector) = 128;
CREATE INDEX image_embedding_hnsw_512 ON image_embedding
    USING hnsw ((vector::vector(512)) vector_cosine_ops) WHERE vector_dims(vector) = 512;
CREATE INDEX image_embedding_hnsw_768 ON image_embedding
    USING hnsw ((vector::vector(768)) vector_cosine_ops) WHERE vector_dims(vector) = 768;
CREATE INDEX image_embedding_hnsw_1024 ON image_embedding
    USING hnsw ((vector::vector(1024)) vector_cosine_ops) WHERE vector_dims(vector) = 1024;
