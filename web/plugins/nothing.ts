/** Stands for a package that rjsf's own tests need and nothing of ours does. */
export default undefined;
